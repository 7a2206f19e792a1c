//! 005 chain-incomplete: the issuer's certificate is missing; fetched from where the certificate says, it completes the path.

use super::rule_api::*;

pub(super) const ID: &str = "chain-incomplete";
pub(super) const TEXTS: Texts = texts!("005/chain-incomplete");

/// Without the fetched issuer nobody knows that the path would be trusted: then it's only likely. Clients that don't
/// fetch anything can't verify the certificate either way, and may call it that.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let is = |wanted: bool| move |fault: &CertificateFault| matches!(fault, CertificateFault::ChainIncomplete { completed, .. } if *completed == wanted);
    let claim = match view.certificate_claim(is(true)) {
        Some(claim) => claim,
        // A chain that an intercepting device made up has no missing link that anybody could install.
        None if view.interception().is_some() => return None,
        None => Claim { confidence: crate::Confidence::Likely, ..view.certificate_claim(is(false))? },
    };
    Some(claim.also([Code::E007]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn incomplete(completed: bool) -> Observation {
        verdict([CertificateFault::ChainIncomplete { missing: "CN=Example Issuing CA".into(), completed }])
    }

    #[test]
    fn the_fetched_issuer_proves_that_only_the_chain_is_incomplete() {
        let diagnosis = imaps().saw(Lane::Imap, incomplete(true)).expect(Cause::ChainIncomplete, Proven);
        assert_eq!(diagnosis.headline().unwrap().also_shown_as, [Code::E007]);
    }

    #[test]
    fn without_the_issuer_it_stays_likely() {
        imaps().saw(Lane::Imap, incomplete(false)).expect(Cause::ChainIncomplete, Likely);
    }

    #[test]
    fn an_issuer_of_whom_nothing_is_known_is_something_else() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::UnknownAuthority { issuer: "CN=Nobody".into() }]))
            .expect_not(Cause::ChainIncomplete);
    }
}
