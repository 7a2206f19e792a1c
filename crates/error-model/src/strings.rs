//! Interface strings: a plain table, so that a string nobody uses costs the page nothing.
//!
//! The sentences of the catalogue live in `catalogue/`; these are labels, states and short messages.

use crate::{Lane, Step, StepState, diagnosis::Confidence, lang::Str};

/// A table of strings; the English text is also the documentation.
macro_rules! strings {
    ($($name:ident: $ja:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $name: $crate::lang::Str = $crate::lang::Str { ja: $ja, en: $en };)+
        /// Every string of this table, for checks.
        #[must_use]
        pub const fn all() -> &'static [$crate::lang::Str] {
            &[$($name),+]
        }
    };
}

pub mod article;
pub mod card;
pub mod desk;
pub mod desk_app;
pub mod discovery;
pub mod embed;
pub mod form;
pub mod page;
pub mod path;
pub mod provider;
pub mod related;
pub mod reported;
pub mod run;
pub mod sight;

strings! {
    LANE_IMAP: "受信(IMAP)", "Receiving (IMAP)";
    LANE_SMTP: "送信(SMTP)", "Sending (SMTP)";
    STEP_RESOLVE: "名前を調べる", "Look up the name";
    STEP_CONNECT: "接続する", "Connect";
    STEP_GREETING: "サーバーの応答", "Greeting";
    STEP_TLS: "暗号化", "Encryption";
    STEP_CERTIFICATE: "証明書", "Certificate";
    STEP_CAPABILITIES: "サーバーの機能", "Capabilities";
    STEP_SIGN_IN: "サインイン", "Sign-in";
    STEP_MAILBOX: "メールボックス", "Mailbox";
    STATE_STARTED: "確認中", "Running";
    STATE_PASSED: "問題なし", "Passed";
    STATE_FAILED: "問題あり", "Failed";
    STATE_SKIPPED: "未実施", "Skipped";
    CONFIDENCE_PROVEN: "確認済み", "Proven";
    CONFIDENCE_LIKELY: "可能性が高い", "Likely";
    CONFIDENCE_POSSIBLE: "可能性があります", "Possible";
}

/// The name of a lane.
#[must_use]
pub const fn lane(lane: Lane) -> Str {
    match lane {
        Lane::Imap => LANE_IMAP,
        Lane::Smtp => LANE_SMTP,
    }
}

/// The name of a step.
#[must_use]
pub const fn step(step: Step) -> Str {
    match step {
        Step::Resolve => STEP_RESOLVE,
        Step::Connect => STEP_CONNECT,
        Step::Greeting => STEP_GREETING,
        Step::Tls => STEP_TLS,
        Step::Certificate => STEP_CERTIFICATE,
        Step::Capabilities => STEP_CAPABILITIES,
        Step::SignIn => STEP_SIGN_IN,
        Step::Mailbox => STEP_MAILBOX,
    }
}

/// The name of a step's state.
#[must_use]
pub const fn state(state: StepState) -> Str {
    match state {
        StepState::Started => STATE_STARTED,
        StepState::Passed => STATE_PASSED,
        StepState::Failed => STATE_FAILED,
        StepState::Skipped => STATE_SKIPPED,
    }
}

/// How sure a finding is, in words.
#[must_use]
pub const fn confidence(confidence: Confidence) -> Str {
    match confidence {
        Confidence::Proven => CONFIDENCE_PROVEN,
        Confidence::Likely => CONFIDENCE_LIKELY,
        Confidence::Possible => CONFIDENCE_POSSIBLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_stands_in_both_languages() {
        let tables = [
            all(),
            article::all(),
            card::all(),
            discovery::all(),
            desk::all(),
            desk_app::all(),
            embed::all(),
            form::all(),
            page::all(),
            path::all(),
            provider::all(),
            related::all(),
            reported::all(),
            run::all(),
            sight::all(),
        ];
        for string in tables.into_iter().flatten() {
            assert!(!string.ja.is_empty() && !string.en.is_empty(), "{string:?}");
            assert!(string.en.is_ascii() || string.en.chars().all(|c| c < '\u{3000}'), "{string:?}");
        }
    }
}
