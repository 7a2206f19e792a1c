//! Interface strings: a plain table, so that a string nobody uses costs the page nothing.
//!
//! The sentences of the catalogue live in `catalogue/`; these are labels, states and short messages.

use crate::{Lane, Step, StepState, diagnosis::Confidence, lang::Str};

macro_rules! strings {
    ($($(#[$doc:meta])* $name:ident: $ja:literal, $en:literal;)+) => {
        $($(#[$doc])* pub const $name: Str = Str { ja: $ja, en: $en };)+
        /// Every string, for checks.
        #[must_use]
        pub const fn all() -> &'static [Str] {
            &[$($name),+]
        }
    };
}

strings! {
    /// The IMAP lane.
    LANE_IMAP: "受信(IMAP)", "Receiving (IMAP)";
    /// The SMTP lane.
    LANE_SMTP: "送信(SMTP)", "Sending (SMTP)";
    /// Step 1.
    STEP_RESOLVE: "名前を調べる", "Look up the name";
    /// Step 2.
    STEP_CONNECT: "接続する", "Connect";
    /// Step 3.
    STEP_GREETING: "サーバーの応答", "Greeting";
    /// Step 4.
    STEP_TLS: "暗号化", "Encryption";
    /// Step 5.
    STEP_CERTIFICATE: "証明書", "Certificate";
    /// Step 6.
    STEP_CAPABILITIES: "サーバーの機能", "Capabilities";
    /// Step 7.
    STEP_SIGN_IN: "サインイン", "Sign-in";
    /// Step 8.
    STEP_MAILBOX: "メールボックス", "Mailbox";
    /// A step under way.
    STATE_STARTED: "確認中", "Running";
    /// A step that passed.
    STATE_PASSED: "問題なし", "Passed";
    /// A step that failed.
    STATE_FAILED: "問題あり", "Failed";
    /// A step that wasn't run.
    STATE_SKIPPED: "未実施", "Skipped";
    /// The evidence admits no other cause.
    CONFIDENCE_PROVEN: "確認済み", "Proven";
    /// Probably.
    CONFIDENCE_LIKELY: "可能性が高い", "Likely";
    /// One of several.
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
        for string in all() {
            assert!(!string.ja.is_empty() && !string.en.is_empty(), "{string:?}");
            assert!(string.en.is_ascii() || string.en.chars().all(|c| c < '\u{3000}'), "{string:?}");
        }
    }
}
