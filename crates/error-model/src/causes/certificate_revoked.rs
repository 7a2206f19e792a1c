//! 008 certificate-revoked: the authority's own list says that the certificate is revoked.

use super::rule_api::*;

pub(super) const ID: &str = "certificate-revoked";
pub(super) const TEXTS: Texts = texts!("008/certificate-revoked");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = view.certificate_claim(|fault| matches!(fault, CertificateFault::Revoked { .. }))?;
    Some(claim.also([Code::E005]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_certificate_on_the_list_is_revoked() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::Revoked { index: 0 }]))
            .expect(Cause::CertificateRevoked, Proven);
    }

    #[test]
    fn an_authority_that_lost_its_trust_revoked_nothing() {
        imaps().saw(Lane::Imap, verdict([distrusted(true)])).expect_not(Cause::CertificateRevoked);
    }
}
