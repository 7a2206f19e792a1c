//! 009 location-blocked: the refusal names the country or the address that the sign-in comes from.

use super::rule_api::*;
use crate::refusal::Reason;

pub(super) const ID: &str = "location-blocked";
pub(super) const TEXTS: Texts = texts!("009/location-blocked");

/// Hosters that refuse sign-ins to SMTP from outside of Japan by default, and don't say so in the reply.
const OVERSEAS_FILTERS: [&str; 8] =
    ["xserver", ".xserver.jp", "sixcore", ".sixcore.ne.jp", "sakura", "さくら", ".sakura.ne.jp", "fitcall"];

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused()?;
    match refused.reason {
        Reason::Location => Some(Claim::proven(refused.step, [refused.seq])),
        Reason::Plain { .. } if view.lane == Lane::Smtp && !view.asked().token => {
            view.filters_overseas().then(|| Claim::possible(refused.step, [refused.seq]))
        }
        _ => None,
    }
}

impl LaneView<'_> {
    /// The server belongs to a hoster that turns sign-ins from other countries away unless told not to.
    pub(crate) fn filters_overseas(&self) -> bool {
        let origin = self.origin();
        OVERSEAS_FILTERS.iter().any(|name| origin.is(name))
    }
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
            .saw(Lane::Smtp, provider("Xserver", false, false))
            .expect(Cause::WrongCredentials, Likely)
            .lanes
            .smtp
            .unwrap()
            .findings;
        let found = findings.iter().find(|f| f.cause == Cause::LocationBlocked).map(|f| f.confidence);
        assert_eq!(found, Some(Possible));
    }

    #[test]
    fn too_many_connections_from_an_address_are_no_block() {
        let text = "NO [LIMIT] Maximum number of connections from user+IP exceeded";
        receiving().saw(Lane::Imap, refused(imap_says(text))).expect_not(Cause::LocationBlocked);
    }
}
