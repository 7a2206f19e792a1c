//! 007 distrusted-authority: the chain ends in a root that the public stores removed.

use super::rule_api::*;

pub(super) const ID: &str = "distrusted-authority";
pub(super) const TEXTS: Texts = texts!("007/distrusted-authority");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.certificate_claim(|fault| matches!(fault, CertificateFault::DistrustedAuthority { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_root_that_was_removed_is_distrusted() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::DistrustedAuthority { root: "CN=Gone Root".into() }]))
            .expect(Cause::DistrustedAuthority, Proven);
    }

    #[test]
    fn a_root_that_was_never_public_isn_t_distrusted() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::PrivateAuthority { root: "CN=Example Root".into() }]))
            .expect_not(Cause::DistrustedAuthority);
    }
}
