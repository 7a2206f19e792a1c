//! 009 location-blocked: the refusal names the country or the address that the sign-in comes from.

use super::rule_api::*;
use crate::{Confidence, refusal::Reason};

pub(super) const ID: &str = "location-blocked";
pub(super) const TEXTS: Texts = texts!("009/location-blocked");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused()?;
    match refused.reason {
        Reason::Location => Some(Claim::proven(refused.step, [refused.seq])),
        Reason::Plain { .. } if refused.step == Step::SignIn && view.lane == Lane::Smtp => {
            overseas_filter(view, refused.seq)
        }
        _ => None,
    }
}

impl LaneView<'_> {
    /// The server belongs to a hoster that turns sign-ins from other countries away unless told not to.
    pub(crate) fn filters_overseas(&self) -> bool {
        self.provider().is_some_and(|provider| provider.overseas_filter)
    }
}

/// Hosters that refuse sign-ins for sending from outside of their country, and don't say so in the reply. The password is
/// as likely to be wrong, unless receiving accepts it.
fn overseas_filter(view: &LaneView<'_>, refused: u32) -> Option<Claim> {
    let provider = view.provider().filter(|provider| provider.overseas_filter && !view.asked().token)?;
    let accepted = view.accepted_elsewhere();
    let confidence = if accepted.is_some() { Confidence::Likely } else { Confidence::Possible };
    Some(Claim::of(confidence, Step::SignIn, [refused, provider.seq].into_iter().chain(accepted)))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_names_the_country_is_proof() {
        for text in [
            "NO [NOPERM] Login from this country is not permitted (overseas access restriction)",
            "NO 海外からのアクセスは制限されています",
        ] {
            receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::LocationBlocked, Proven);
        }
    }

    #[test]
    fn a_hoster_with_an_overseas_filter_makes_it_possible() {
        let findings = sending()
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .saw(Lane::Smtp, Known { overseas_filter: true, ..Known::PLAIN }.observation())
            .expect(Cause::WrongCredentials, Likely)
            .lanes
            .smtp
            .unwrap()
            .findings;
        let found = findings.iter().find(|f| f.cause == Cause::LocationBlocked).map(|f| f.confidence);
        assert_eq!(found, Some(Possible));
    }

    #[test]
    fn a_password_that_receiving_accepts_makes_the_filter_likely() {
        both()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .saw(Lane::Smtp, Known { overseas_filter: true, ..Known::PLAIN }.observation())
            .expect(Cause::LocationBlocked, Likely);
    }

    #[test]
    fn too_many_connections_from_an_address_are_no_block() {
        let text = "NO [LIMIT] Maximum number of connections from user+IP exceeded";
        receiving().saw(Lane::Imap, refused(imap_says(text))).expect_not(Cause::LocationBlocked);
    }
}
