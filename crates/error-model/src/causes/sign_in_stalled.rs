//! first-sync sign-in-stalled: the person saw a first sync that never ends, and the sign-in fails underneath.

use super::rule_api::*;
use crate::refusal::Reason;

pub(super) const ID: &str = "sign-in-stalled";
pub(super) const TEXTS: Texts = texts!("first-sync/sign-in-stalled");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused().filter(|_| view.asked().reported == Some(Code::FirstSync))?;
    // What passes by itself stalls nothing.
    (refused.reason != Reason::Temporary).then(|| Claim::proven(Step::SignIn, [refused.seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_sync_over_a_failing_sign_in_is_stalled() {
        let diagnosis = sending()
            .reported(Code::FirstSync)
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect(Cause::SignInStalled, Proven);
        assert_eq!(diagnosis.code, Code::FirstSync);
    }

    #[test]
    fn the_reason_underneath_follows() {
        let text =
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.";
        let findings = sending()
            .with_token()
            .reported(Code::FirstSync)
            .saw(Lane::Smtp, refused(smtp_says(text)))
            .expect(Cause::SignInStalled, Proven)
            .lanes
            .smtp
            .unwrap()
            .findings;
        assert_eq!((findings[1].cause, findings[1].confidence), (Cause::SmtpAuthDisabled, Proven));
    }

    #[test]
    fn without_that_message_it_is_an_ordinary_refusal() {
        sending().saw(Lane::Smtp, plainly_refused(Lane::Smtp)).expect_not(Cause::SignInStalled);
    }

    #[test]
    fn a_refusal_for_the_moment_stalls_nothing() {
        sending()
            .reported(Code::FirstSync)
            .saw(Lane::Smtp, refused(smtp_says("454 4.7.0 Temporary authentication failure")))
            .expect_not(Cause::SignInStalled);
    }
}
