//! Strings of the diagnosis card and of the exports.

strings! {
    DIAGNOSIS: "診断結果", "Diagnosis";
    PRELIMINARY: "確認中の診断", "Diagnosis so far";
    CONFIDENCE: "確かさ", "Confidence";
    PROVEN_TEXT: "サーバーの応答から、この原因と確認できました。", "The servers' answers show that this is the cause.";
    LIKELY_TEXT: "応答から見て、この原因の可能性が高いです。", "Judging by the answers, this is probably the cause.";
    POSSIBLE_TEXT: "考えられる原因のひとつです。", "This is one of the possible causes.";
    SHOWN_BY: "そう判断した理由", "What shows it";
    WHAT_TO_DO: "直し方", "What to do";
    FOR_YOU: "あなたができること", "For you";
    FOR_IT: "管理者向け", "For your IT";
    FOR_PROVIDER: "提供元向け", "For your provider";
    FOR_SUPPORT: "サポートに送るもの", "For support";
    SUGGESTIONS: "変更の候補", "Suggested changes";
    TRIED_WORKS: "試しました:つながります", "Tried: works";
    TRIED_PARTLY: "試しました:一部だけ進みます", "Tried: gets further";
    NOT_TRIED: "まだ試していません", "Not tried yet";
    KNOWN_AS: "ほかのプログラムでの表示", "What other programs call it";
    APPLY: "入力欄に反映", "Fill in";
    APPLY_AND_TEST: "反映してもう一度テスト", "Apply and test again";
    ALSO_FOUND: "ほかに見つかったこと", "Also found";
    READ_MORE: "この原因の説明を読む", "Read about this cause";
    TEXT_MISSING: "説明を読み込めませんでした。下のリンクから開いてください。", "The explanation couldn't be loaded. Please follow the link below.";
    LANE_CHOICE: "対象", "Service";

    OK_TITLE: "問題は見つかりませんでした", "No problem found";
    OK_SIGNED_IN: "接続、証明書、サインインのすべてが通りました。", "Connection, certificate and sign-in all passed.";
    OK_CONNECTION: "接続と証明書は問題ありません。サインインは試していません。", "Connection and certificate are fine. The sign-in wasn't tried.";
    OK_PARTLY: "接続と証明書は問題ありません。サインインは{lane}だけで確かめました。", "Connection and certificate are fine. The sign-in was checked for one service only: {lane}.";
    OK_NEXT: "サインインも確かめるには、パスワードを入力してもう一度テストしてください。", "To check the sign-in too, enter your password and test again.";

    SHARE: "結果を使う", "Use this result";
    COPY_IT: "管理者向けにコピー", "Copy for IT";
    COPY_SUPPORT: "サポート向けにコピー", "Copy for support";
    COPIED: "コピーしました", "Copied";
    COPY_FAILED: "コピーできませんでした。ダウンロードをお使いください。", "Copying didn't work. Please use a download instead.";
    DOWNLOAD_JSON: "JSON", "JSON";
    DOWNLOAD_MARKDOWN: "Markdown", "Markdown";
    DOWNLOAD: "ダウンロード", "Download";
    PRINT: "印刷", "Print";
    NO_SECRETS: "パスワードは含まれません。", "Passwords are never included.";

    EXPORT_TITLE: "メール接続の診断結果", "Mail connection diagnosis";
    EXPORT_TIME: "テスト日時(UTC)", "Tested (UTC)";
    EXPORT_ACCOUNT: "アカウント", "Account";
    EXPORT_SERVER: "サーバー", "Server";
    EXPORT_REPORTED: "表示されたエラー", "Error shown";
    EXPORT_RESULT: "結果", "Result";
    EXPORT_EVIDENCE: "確認した内容", "What was seen";
    EXPORT_STEPS: "段階と時間", "Steps and timings";
    EXPORT_TRANSCRIPT: "サーバーとのやり取り(サーバーの言葉)", "Conversation (the server's words)";
    EXPORT_SUGGESTIONS: "変更の候補", "Suggested changes";
    EXPORT_EGRESS: "接続元アドレス", "Tested from";
    EXPORT_DURATION: "所要時間", "Duration";
}
