//! 007 distrusted-authority: the chain ends in a root that the public stores removed, or trust for older certificates only.

use super::rule_api::*;

pub(super) const ID: &str = "distrusted-authority";
pub(super) const TEXTS: Texts = texts!("007/distrusted-authority");

/// Anybody can make a root under the name of another, so a name alone makes it likely only.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let is = |wanted: bool| move |fault: &CertificateFault| matches!(fault, CertificateFault::DistrustedAuthority { certain, .. } if *certain == wanted);
    view.certificate_claim(is(true)).or_else(|| {
        Some(Claim { confidence: crate::Confidence::Likely, ..view.certificate_claim(is(false))? })
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_root_that_was_removed_is_distrusted() {
        imaps().saw(Lane::Imap, verdict([distrusted(true)])).expect(Cause::DistrustedAuthority, Proven);
    }

    #[test]
    fn the_name_of_such_a_root_makes_it_likely() {
        imaps().saw(Lane::Imap, verdict([distrusted(false)])).expect(Cause::DistrustedAuthority, Likely);
    }

    #[test]
    fn a_root_that_was_never_public_isn_t_distrusted() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::PrivateAuthority { root: "CN=Example Root".into() }]))
            .expect_not(Cause::DistrustedAuthority);
    }
}
