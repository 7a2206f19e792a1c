//! 005 expired: the end of validity of a certificate in the chain has passed.

use super::rule_api::*;

pub(super) const ID: &str = "expired";
pub(super) const TEXTS: Texts = texts!("005/expired");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = view.certificate_claim(|fault| matches!(fault, CertificateFault::Expired { .. }))?;
    Some(claim.also([Code::E007, Code::E008]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn expired(index: u32) -> Observation {
        verdict([CertificateFault::Expired { index, not_after: 1_780_000_000 }])
    }

    #[test]
    fn a_certificate_past_its_end_is_expired() {
        let diagnosis = imaps().saw(Lane::Imap, expired(0)).expect(Cause::Expired, Proven);
        assert_eq!(diagnosis.headline().unwrap().also_shown_as, [Code::E007, Code::E008]);
    }

    #[test]
    fn an_expired_issuer_counts_too() {
        imaps().saw(Lane::Imap, expired(1)).expect(Cause::Expired, Proven);
    }

    #[test]
    fn the_renewed_certificate_of_the_other_service_is_cited() {
        let diagnosis = both_lanes()
            .saw(Lane::Imap, expired(0))
            .saw(Lane::Smtp, verdict([]))
            .expect(Cause::Expired, Proven);
        assert_eq!(diagnosis.headline().unwrap().observations, [1, 2]);
    }

    #[test]
    fn the_renewed_certificate_of_the_other_port_is_offered() {
        let diagnosis = imaps()
            .saw(Lane::Imap, expired(0))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::Expired, Proven);
        let finding = diagnosis.headline().unwrap();
        assert_eq!((finding.observations.as_slice(), finding.suggestions.len()), ([1, 2].as_slice(), 2));
    }

    #[test]
    fn a_certificate_that_isn_t_valid_yet_hasn_t_expired() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::NotYetValid { index: 0, not_before: 1_800_000_000 }]))
            .expect_not(Cause::Expired);
    }
}
