//! 005 weak-key-or-signature: a key of the chain is too short, or a signature uses MD5 or SHA-1.

use super::rule_api::*;

pub(super) const ID: &str = "weak-key-or-signature";
pub(super) const TEXTS: Texts = texts!("005/weak-key-or-signature");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = view.certificate_claim(|fault| {
        matches!(fault, CertificateFault::WeakKey { .. } | CertificateFault::WeakSignature { .. })
    })?;
    Some(claim.also([Code::E008]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_short_key_is_weak() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::WeakKey { index: 0, bits: 1024 }]))
            .expect(Cause::WeakKeyOrSignature, Proven);
    }

    #[test]
    fn a_sha_1_signature_is_weak() {
        let algorithm = "sha1WithRSAEncryption".into();
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::WeakSignature { index: 0, algorithm }]))
            .expect(Cause::WeakKeyOrSignature, Proven);
    }

    #[test]
    fn a_weak_key_explains_why_the_handshake_couldn_t_be_verified() {
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::CertificateUnusable { detail: "BadSignature".into() }))
            .saw(Lane::Imap, verdict([CertificateFault::WeakKey { index: 0, bits: 1024 }]))
            .expect(Cause::WeakKeyOrSignature, Proven);
    }

    #[test]
    fn a_broken_signature_isn_t_a_weak_one() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::BrokenSignature { index: 0 }]))
            .expect_not(Cause::WeakKeyOrSignature);
    }
}
