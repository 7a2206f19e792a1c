//! 008 certificate-unreadable: a certificate can't be parsed, or its signature is broken.

use super::rule_api::*;

pub(super) const ID: &str = "certificate-unreadable";
pub(super) const TEXTS: Texts = texts!("008/certificate-unreadable");

/// A handshake that the certificate broke stands for itself, unless the verdict knows why (a weak key, version 1).
/// A clean verdict leaves open whether the certificate or the server's signature in the handshake is at fault.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let fault = view.certificate_claim(|fault| {
        matches!(fault, CertificateFault::Unreadable { .. } | CertificateFault::BrokenSignature { .. })
    });
    let claim = fault.or_else(|| unusable_without_fault(view))?;
    Some(claim.also([Code::E007]))
}

fn unusable_without_fault(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, _) = view.handshake().filter(|(_, o)| matches!(o, TlsOutcome::CertificateUnusable { .. }))?;
    if !view.certificate_faults().is_empty() {
        return None;
    }
    Some(match view.certificate_is_clean() {
        Some(verdict) => Claim::likely(Step::Certificate, [seq, verdict]),
        None => Claim::proven(Step::Certificate, [seq]),
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn unusable() -> Observation {
        handshake(TlsOutcome::CertificateUnusable { detail: "BadEncoding".into() })
    }

    #[test]
    fn what_can_t_be_parsed_is_unreadable() {
        imaps()
            .saw(Lane::Imap, unusable())
            .saw(Lane::Imap, verdict([CertificateFault::Unreadable { index: 0 }]))
            .expect(Cause::CertificateUnreadable, Proven);
    }

    #[test]
    fn a_broken_signature_comes_before_every_other_fault() {
        imaps()
            .saw(
                Lane::Imap,
                verdict([CertificateFault::SelfSigned, CertificateFault::BrokenSignature { index: 0 }]),
            )
            .expect(Cause::CertificateUnreadable, Proven);
    }

    #[test]
    fn a_certificate_that_breaks_the_handshake_needs_no_verdict() {
        imaps().saw(Lane::Imap, unusable()).expect(Cause::CertificateUnreadable, Proven);
    }

    #[test]
    fn with_a_clean_verdict_the_signature_in_the_handshake_may_be_at_fault() {
        imaps()
            .saw(Lane::Imap, unusable())
            .saw(Lane::Imap, verdict([]))
            .expect(Cause::CertificateUnreadable, Likely);
    }

    #[test]
    fn another_fault_explains_why_the_certificate_can_t_be_used() {
        let what = MissingInformation::Version1;
        imaps()
            .saw(Lane::Imap, unusable())
            .saw(Lane::Imap, verdict([CertificateFault::MissingInformation { index: 0, what }]))
            .expect_not(Cause::CertificateUnreadable);
    }
}
