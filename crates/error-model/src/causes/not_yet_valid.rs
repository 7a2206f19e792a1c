//! 005 not-yet-valid: the validity of a certificate in the chain begins in the future.

use super::rule_api::*;

pub(super) const ID: &str = "not-yet-valid";
pub(super) const TEXTS: Texts = texts!("005/not-yet-valid");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = view.certificate_claim(|fault| matches!(fault, CertificateFault::NotYetValid { .. }))?;
    Some(claim.also([Code::E007, Code::E008]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_certificate_from_the_future_is_not_valid_yet() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::NotYetValid { index: 0, not_before: 1_790_007_200 }]))
            .expect(Cause::NotYetValid, Proven);
    }

    #[test]
    fn an_expired_certificate_was_valid_once() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::Expired { index: 0, not_after: 1_780_000_000 }]))
            .expect_not(Cause::NotYetValid);
    }
}
