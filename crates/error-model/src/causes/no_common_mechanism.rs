//! 009 no-common-mechanism: the server offers neither LOGIN nor PLAIN.

use super::rule_api::*;
use crate::refusal::Reason;

pub(super) const ID: &str = "no-common-mechanism";
pub(super) const TEXTS: Texts = texts!("009/no-common-mechanism");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let skipped = view
        .find(|o| matches!(o, Observation::SignInSkipped { reason: SignInSkip::NoMechanism }).then_some(()));
    if let Some((seq, ())) = skipped {
        let offer =
            view.find(|o| matches!(o, Observation::Capabilities { .. }).then_some(())).map(|(seq, ())| seq);
        return Some(Claim::proven(Step::Capabilities, offer.into_iter().chain([seq])));
    }
    // Offered, and refused all the same: some servers offer what the account may not use.
    let refused = view.sign_in_refused().filter(|refused| refused.reason == Reason::Mechanism)?;
    Some(Claim::likely(Step::SignIn, [refused.seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_server_without_a_usable_mechanism_is_proof() {
        let diagnosis = receiving()
            .saw(Lane::Imap, offers(true, &["CRAM-MD5"], false, true))
            .saw(Lane::Imap, skipped(SignInSkip::NoMechanism))
            .expect(Cause::NoCommonMechanism, Proven);
        assert_eq!(diagnosis.headline().unwrap().observations, [1, 2]);
    }

    #[test]
    fn a_mechanism_that_is_refused_makes_it_likely() {
        sending()
            .saw(Lane::Smtp, refused(smtp_says("504 5.5.4 Unrecognized authentication type")))
            .expect(Cause::NoCommonMechanism, Likely);
    }

    #[test]
    fn a_sign_in_that_nobody_asked_for_lacks_no_mechanism() {
        receiving()
            .saw(Lane::Imap, offers(true, &["CRAM-MD5"], false, true))
            .saw(Lane::Imap, skipped(SignInSkip::NoSecret))
            .expect_not(Cause::NoCommonMechanism);
    }
}
