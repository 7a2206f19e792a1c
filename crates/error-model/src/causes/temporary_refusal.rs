//! 009 temporary-refusal: the server can't judge the credentials just now.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "temporary-refusal";
pub(super) const TEXTS: Texts = texts!("009/temporary-refusal");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused()?;
    match refused.reason {
        Reason::Temporary => Some(Claim::proven(refused.step, [refused.seq])),
        _ => view.suspected(Cause::TemporaryRefusal),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_says_so_is_proof() {
        for text in [
            "NO [UNAVAILABLE] Temporary authentication failure.",
            "NO [LIMIT] Maximum number of connections from user+IP exceeded",
            "BAD Request is throttled. Suggested Backoff Time: 27315 milliseconds",
        ] {
            receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::TemporaryRefusal, Proven);
        }
        sending()
            .saw(Lane::Smtp, refused(smtp_says("454 4.7.0 Temporary authentication failure")))
            .expect(Cause::TemporaryRefusal, Proven);
    }

    #[test]
    fn a_sender_that_is_put_off_is_a_temporary_refusal() {
        sending()
            .saw(Lane::Smtp, accepted())
            .saw(Lane::Smtp, sender_refused("451 4.7.0 Temporary server error. Please try again later."))
            .expect(Cause::TemporaryRefusal, Proven);
    }

    #[test]
    fn an_account_that_is_locked_for_a_time_is_locked() {
        receiving()
            .saw(Lane::Imap, refused(imap_says("NO Your account is temporarily locked")))
            .expect_not(Cause::TemporaryRefusal);
    }
}
