//! 007 private-authority: the chain ends in a root that no public store knows.

use super::rule_api::*;

pub(super) const ID: &str = "private-authority";
pub(super) const TEXTS: Texts = texts!("007/private-authority");

/// A root that belongs to an intercepting device is told as that: tls-interrupted-by-proxy.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if view.interception().is_some() {
        return None;
    }
    view.certificate_claim(|fault| matches!(fault, CertificateFault::PrivateAuthority { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn private() -> CertificateFault {
        CertificateFault::PrivateAuthority { root: "CN=Example Company Root".into() }
    }

    #[test]
    fn a_root_that_nobody_knows_is_private() {
        imaps().saw(Lane::Imap, verdict([private()])).expect(Cause::PrivateAuthority, Proven);
    }

    #[test]
    fn it_comes_before_the_other_faults_of_the_certificate() {
        imaps()
            .saw(
                Lane::Imap,
                verdict([CertificateFault::Expired { index: 0, not_after: 1 }, other_name(), private()]),
            )
            .expect(Cause::PrivateAuthority, Proven);
    }

    #[test]
    fn the_root_of_an_intercepting_product_is_told_as_such() {
        let product = CertificateFault::InterceptionProduct { product: "Example Shield".into() };
        imaps().saw(Lane::Imap, verdict([private(), product])).expect_not(Cause::PrivateAuthority);
    }
}
