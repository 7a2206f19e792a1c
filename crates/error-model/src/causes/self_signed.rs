//! 005 self-signed: issuer equals subject, and the certificate's own key signs it.

use super::rule_api::*;

pub(super) const ID: &str = "self-signed";
pub(super) const TEXTS: Texts = texts!("005/self-signed");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.certificate_claim(|fault| matches!(fault, CertificateFault::SelfSigned))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_certificate_that_signs_itself_is_self_signed() {
        imaps().saw(Lane::Imap, verdict([CertificateFault::SelfSigned])).expect(Cause::SelfSigned, Proven);
    }

    #[test]
    fn a_private_root_behind_the_certificate_is_something_else() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::PrivateAuthority { root: "CN=Example Root".into() }]))
            .expect_not(Cause::SelfSigned);
    }
}
