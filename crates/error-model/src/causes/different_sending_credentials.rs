//! 009 different-sending-credentials: one service accepts the very pair that the other one refuses.

use super::rule_api::*;
use crate::{Cause, Confidence, refusal::Reason};

pub(super) const ID: &str = "different-sending-credentials";
pub(super) const TEXTS: Texts = texts!("009/different-sending-credentials");

/// A text that means several things may mean that the service itself is off, which is more usual; so may words that
/// aren't understood, and the silence of a hoster that filters by country.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let accepted = view.accepted_elsewhere().filter(|_| !view.asked().token)?;
    let refused = view.sign_in_refused()?;
    let seen = [refused.seq, accepted];
    match refused.reason {
        Reason::Plain { .. } if filtered(view) => Some(Claim::possible(Step::SignIn, seen)),
        Reason::Plain { understood: true, .. } => Some(Claim::proven(Step::SignIn, seen)),
        Reason::Plain { understood: false, .. } => Some(Claim::likely(Step::SignIn, seen)),
        Reason::Ambiguous(_) => Some(Claim::possible(Step::SignIn, seen)),
        _ => None,
    }
}

fn filtered(view: &LaneView<'_>) -> bool {
    Cause::LocationBlocked.rule(view).is_some_and(|claim| claim.confidence == Confidence::Likely)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_pair_that_only_receiving_accepts_is_not_for_sending() {
        let diagnosis = both()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect(Cause::DifferentSendingCredentials, Proven);
        assert_eq!(diagnosis.headline().unwrap().observations, [1, 2]);
    }

    #[test]
    fn it_holds_the_other_way_round_too() {
        both()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Smtp, accepted())
            .expect(Cause::DifferentSendingCredentials, Proven);
    }

    #[test]
    fn two_pairs_that_were_typed_can_t_be_compared() {
        both()
            .asked(|asked| asked.same_credentials = false)
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect_not(Cause::DifferentSendingCredentials);
    }

    #[test]
    fn a_service_that_is_off_refuses_every_pair() {
        both()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, refused(smtp_says("535 5.7.8 SMTP is not enabled for this account")))
            .expect_not(Cause::DifferentSendingCredentials);
    }
}
