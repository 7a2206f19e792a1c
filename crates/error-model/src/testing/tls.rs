//! Observations of TLS and of certificates, for the tests of the rules of 005 to 008.

use super::{Builder, evidence, handshake};
use crate::{Security, evidence::*};

/// IMAP over TLS at `mail.example.com`.
pub(crate) fn imaps() -> Builder {
    evidence().imap("mail.example.com", 993, Security::Tls)
}

/// IMAP and SMTP over TLS at one host.
pub(crate) fn both_lanes() -> Builder {
    imaps().smtp("mail.example.com", 465, Security::Tls)
}

/// A verdict with these faults; without any it's clean.
pub(crate) fn verdict<const N: usize>(faults: [CertificateFault; N]) -> Observation {
    Observation::CertificateVerdict {
        host: "mail.example.com".into(),
        faults: faults.into(),
        trusted_root: None,
    }
}

/// Names in this relation to the host.
pub(crate) fn names(relation: NameRelation) -> CertificateFault {
    CertificateFault::NameMismatch { relation, names: vec!["www.example.com".into()] }
}

/// Another name of the host's own domain.
pub(crate) fn other_name() -> CertificateFault {
    names(NameRelation::SameDomain)
}

/// A root that public stores took out, told by its key or by its name only.
pub(crate) fn distrusted(certain: bool) -> CertificateFault {
    CertificateFault::DistrustedAuthority { root: "CN=Gone Root".into(), certain }
}

/// A name of the certificate was resolved.
pub(crate) fn resolved_name(name: &str, same_address: bool) -> Observation {
    Observation::CertificateName { name: name.into(), same_address }
}

/// The server's fatal alert before its certificate.
pub(crate) fn alert(number: u8, name: &str) -> Observation {
    handshake(TlsOutcome::Alert { number, name: name.into(), after_certificate: false })
}

/// The server's fatal alert after its certificate.
pub(crate) fn late_alert(number: u8, name: &str) -> Observation {
    handshake(TlsOutcome::Alert { number, name: name.into(), after_certificate: true })
}

/// A chain of one certificate, told apart by its issuer and its fingerprint.
pub(crate) fn chain(issuer: &str, sha256: &str) -> Observation {
    Observation::CertificateChain {
        certificates: vec![Certificate {
            subject: "CN=mail.example.com".into(),
            issuer: issuer.into(),
            common_name: Some("mail.example.com".into()),
            names: vec!["mail.example.com".into()],
            not_before: 1_780_000_000,
            not_after: 1_800_000_000,
            serial: "01".into(),
            key: PublicKey { algorithm: KeyAlgorithm::Rsa, bits: 2048 },
            signature: "sha256WithRSAEncryption".into(),
            authority: false,
            self_signed: false,
            sha256: sha256.into(),
        }],
    }
}
