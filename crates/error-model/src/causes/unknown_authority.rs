//! 007 unknown-authority: nobody knows the issuer: no certificate of it was sent, and none can be fetched.

use super::rule_api::*;

pub(super) const ID: &str = "unknown-authority";
pub(super) const TEXTS: Texts = texts!("007/unknown-authority");

/// Where an intermediate is merely missing and says so nowhere, the product may call it 005.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if view.interception().is_some() {
        return None;
    }
    let claim = view.certificate_claim(|fault| matches!(fault, CertificateFault::UnknownAuthority { .. }))?;
    Some(claim.also([Code::E005]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn an_issuer_without_a_trace_is_unknown() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::UnknownAuthority { issuer: "CN=Nobody".into() }]))
            .expect(Cause::UnknownAuthority, Proven);
    }

    #[test]
    fn an_issuer_that_can_be_fetched_is_known() {
        let missing = "CN=Example Issuing CA".into();
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::ChainIncomplete { missing, completed: true }]))
            .expect_not(Cause::UnknownAuthority);
    }
}
