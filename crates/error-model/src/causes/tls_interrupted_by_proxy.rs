//! 008 tls-interrupted-by-proxy: a device that inspects TLS answers with a certificate of its own.

use super::rule_api::*;

pub(super) const ID: &str = "tls-interrupted-by-proxy";
pub(super) const TEXTS: Texts = texts!("008/tls-interrupted-by-proxy");

/// The issuer gives a known product away. Without that, two services of one host that show certificates of different
/// origin, one of them from nobody known, look like a device that stands before one of them only.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.certificate_claim(|fault| matches!(fault, CertificateFault::InterceptionProduct { .. }))
        .or_else(|| other_origin(view))
        .map(|claim| claim.also([Code::E007]))
}

fn other_origin(view: &LaneView<'_>) -> Option<Claim> {
    let faults = view.certificate_faults();
    // Not a self-signed one: that is what a service shows whose certificate was forgotten.
    let (verdict, _) = faults.iter().find(|(_, fault)| {
        matches!(fault, CertificateFault::PrivateAuthority { .. } | CertificateFault::UnknownAuthority { .. })
    })?;
    let other = view.other()?;
    let clean = other.certificate_is_clean()?;
    if !other.endpoint.host.eq_ignore_ascii_case(&view.endpoint.host) {
        return None;
    }
    let (ours, theirs) = (leaf(view)?, leaf(&other)?);
    let differ = ours.sha256 != theirs.sha256 && ours.issuer != theirs.issuer;
    differ.then(|| Claim::likely(Step::Certificate, [*verdict, clean]))
}

/// The server's own certificate.
fn leaf<'a>(view: &LaneView<'a>) -> Option<&'a Certificate> {
    let (_, leaf) = view.find(|o| match o {
        Observation::CertificateChain { certificates } => certificates.first(),
        _ => None,
    })?;
    Some(leaf)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn private() -> CertificateFault {
        CertificateFault::PrivateAuthority { root: "CN=Gateway Root".into() }
    }

    fn finds_it(builder: Builder) -> Option<crate::Confidence> {
        let findings = builder.diagnose().lanes.imap.unwrap().findings;
        findings.iter().find(|f| f.cause == Cause::TlsInterruptedByProxy).map(|f| f.confidence)
    }

    #[test]
    fn a_known_product_behind_the_certificate_is_proof() {
        let product = CertificateFault::InterceptionProduct { product: "Example Shield".into() };
        imaps().saw(Lane::Imap, verdict([private(), product])).expect(Cause::TlsInterruptedByProxy, Proven);
    }

    #[test]
    fn certificates_of_different_origin_on_one_host_make_it_likely() {
        let builder = both_lanes()
            .saw(Lane::Imap, chain("CN=Gateway Root", "aa"))
            .saw(Lane::Imap, verdict([private()]))
            .saw(Lane::Smtp, chain("CN=Public CA", "bb"))
            .saw(Lane::Smtp, verdict([]));
        assert_eq!(finds_it(builder), Some(Likely));
    }

    #[test]
    fn a_self_signed_certificate_on_one_service_was_only_forgotten() {
        let builder = both_lanes()
            .saw(Lane::Imap, chain("CN=mail.example.com", "aa"))
            .saw(Lane::Imap, verdict([CertificateFault::SelfSigned]))
            .saw(Lane::Smtp, chain("CN=Public CA", "bb"))
            .saw(Lane::Smtp, verdict([]));
        assert_eq!(finds_it(builder), None);
    }

    #[test]
    fn the_same_private_issuer_on_both_services_is_no_device() {
        let builder = both_lanes()
            .saw(Lane::Imap, chain("CN=Gateway Root", "aa"))
            .saw(Lane::Imap, verdict([private()]))
            .saw(Lane::Smtp, chain("CN=Gateway Root", "aa"))
            .saw(Lane::Smtp, verdict([private()]));
        assert_eq!(finds_it(builder), None);
    }
}
