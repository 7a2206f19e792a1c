//! The words of the command line that the catalogue hasn't got.

use error_model::Str;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $ja:literal, $en:literal;)+) => {
        $($(#[$doc])* pub const $name: Str = Str { ja: $ja, en: $en };)+

        #[cfg(test)]
        const ALL: &[Str] = &[$($name),+];
    };
}

words! {
    /// What to do with a device code.
    TYPE_THE_CODE: "ブラウザーで{page}を開き、コード{code}を入力してサインインしてください。サインインを待っています。",
        "Open {page} in a browser, type the code {code} and sign in. Waiting for you to sign in.";
    /// Heading: steps for the person.
    FOR_YOU: "ご自身でできること", "What you can do";
    /// Heading: the technical layer.
    FOR_IT: "メール管理者の方へ", "For your mail administrator";
    /// Heading: the provider's part.
    FOR_PROVIDER: "提供元に伝えること", "For your provider";
    /// Heading: what to send.
    FOR_SUPPORT: "サポートに送るもの", "What to send to support";
    /// Heading: what the provider's own settings have to do with it.
    AT_PROVIDER: "{name}での設定", "Where {name} has it";
    /// Heading: what most people can try at once.
    FIRST: "まず試すこと", "Try this first";
    /// Heading: the causes of a code.
    CAUSES: "考えられる原因", "Causes";
    /// Before the name of a command.
    MORE: "詳しい説明", "More about it";
    /// Before how sure a finding is.
    CONFIDENCE: "確かさ", "Confidence";
    /// Before codes that mean the same fault.
    ALSO_SHOWN_AS: "同じ原因で表示されることがあるコード", "The same fault may also be shown as";
    /// Heading: observations.
    SHOWN_BY: "根拠", "What shows it";
    /// Heading: values to try.
    SUGGESTIONS: "試す値", "Values to try";
    /// After a suggested value that worked.
    TRIED_WORKS: "接続を確認済み", "tried: works";
    /// After a suggested value that got further.
    TRIED_PARTLY: "一部のみ確認済み", "tried: gets further";
    /// Heading: findings besides the headline.
    OTHER_FINDINGS: "ほかに見つかったこと", "Also found";
    /// Nothing wrong, signed in.
    ALL_PASSED: "すべての手順に問題はありませんでした。", "Every step passed.";
    /// Nothing wrong, but no password was given.
    NOT_SIGNED_IN: "パスワードの指定がないため、サインインは確認していません。",
        "No password was given, so the sign-in wasn't checked.";
    /// Heading: the values of a second check.
    APPLIED: "次の値で、もう一度テストしました", "Checked again with";
    /// `--apply`, and nothing that was tried works.
    NOTHING_TO_APPLY: "試してつながった値がないため、何も反映していません。", "Nothing was applied: no suggested value was tried and works.";
    /// `--apply=ID`, and the result hasn't got it.
    NO_SUCH_SUGGESTION: "結果に{id}という候補がないため、何も反映していません。", "Nothing was applied: the result has no suggestion {id}.";
    /// Before a user name.
    USER_NAME: "ユーザー名", "User name";
    /// No source answered.
    NOTHING_FOUND: "{email}の設定は見つかりませんでした。提供元の案内にあるサーバー名を--imapと--smtpで指定してください。",
        "No settings were found for {email}. Name the servers from your provider's guide with --imap and --smtp.";
    /// The person stopped it.
    INTERRUPTED: "中断しました。", "Stopped.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_both_languages() {
        for word in ALL {
            assert!(word.en.is_ascii() && !word.en.is_empty(), "{word:?}");
            assert!(word.ja.chars().any(|c| c >= '\u{3000}'), "{word:?}");
        }
    }
}
