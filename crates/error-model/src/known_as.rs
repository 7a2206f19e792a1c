//! What other programs call a fault: for whoever has their message before them, and for whoever looks it up.
//!
//! Only names that these programs really show. Firefox and Thunderbird share a library (NSS), but Thunderbird words what a
//! person may override in its exception dialogue; OpenSSL's numbers are those of `x509_vfy.h`, as `verify error:num=`
//! prints them.

use crate::Cause;

/// The names of one fault. Several stand for what depends on where in the chain it is, or on the program's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAs {
    /// Firefox.
    pub firefox: &'static [&'static str],
    /// Chrome, and browsers made of it.
    pub chrome: &'static [&'static str],
    /// Thunderbird.
    pub thunderbird: &'static [&'static str],
    /// OpenSSL.
    pub openssl: &'static [&'static str],
}

impl KnownAs {
    /// The programs with their names, in the order of a table.
    #[must_use]
    pub const fn programs(&self) -> [(&'static str, &'static [&'static str]); 4] {
        [
            ("Firefox", self.firefox),
            ("Chrome", self.chrome),
            ("Thunderbird", self.thunderbird),
            ("OpenSSL", self.openssl),
        ]
    }
}

const WRONG_SITE: &str = "Wrong Site";
const OUTDATED: &str = "Outdated Information";
const UNKNOWN_IDENTITY: &str = "Unknown Identity";
const UNKNOWN_ISSUER: &str = "SEC_ERROR_UNKNOWN_ISSUER";
const AUTHORITY_INVALID: &str = "NET::ERR_CERT_AUTHORITY_INVALID";
const LOCALLY: &str = "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY (20)";
const LEAF_SIGNATURE: &str = "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE (21)";
const SELF_SIGNED_IN_CHAIN: &str = "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN (19)";

/// The names of what a cause shows itself as. `None`: other programs have no name for it.
#[must_use]
pub const fn known_as(cause: Cause) -> Option<KnownAs> {
    Some(match cause {
        Cause::Expired => KnownAs {
            firefox: &["SEC_ERROR_EXPIRED_CERTIFICATE", "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"],
            chrome: &["NET::ERR_CERT_DATE_INVALID"],
            thunderbird: &[OUTDATED],
            openssl: &["X509_V_ERR_CERT_HAS_EXPIRED (10)"],
        },
        Cause::NotYetValid => KnownAs {
            firefox: &[
                "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE",
                "MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE",
            ],
            chrome: &["NET::ERR_CERT_DATE_INVALID"],
            thunderbird: &[OUTDATED],
            openssl: &["X509_V_ERR_CERT_NOT_YET_VALID (9)"],
        },
        Cause::SelfSigned | Cause::DefaultCertificate => KnownAs {
            firefox: &["MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT"],
            chrome: &[AUTHORITY_INVALID],
            thunderbird: &[UNKNOWN_IDENTITY],
            openssl: &["X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT (18)"],
        },
        Cause::ChainIncomplete | Cause::UnknownAuthority => KnownAs {
            firefox: &[UNKNOWN_ISSUER],
            chrome: &[AUTHORITY_INVALID],
            thunderbird: &[UNKNOWN_IDENTITY],
            openssl: &[LOCALLY, LEAF_SIGNATURE],
        },
        Cause::PrivateAuthority | Cause::DistrustedAuthority => KnownAs {
            firefox: &[UNKNOWN_ISSUER],
            chrome: &[AUTHORITY_INVALID],
            thunderbird: &[UNKNOWN_IDENTITY],
            openssl: &[SELF_SIGNED_IN_CHAIN, LOCALLY],
        },
        Cause::TlsInterruptedByProxy => KnownAs {
            firefox: &["MOZILLA_PKIX_ERROR_MITM_DETECTED", UNKNOWN_ISSUER],
            chrome: &[AUTHORITY_INVALID],
            thunderbird: &[UNKNOWN_IDENTITY],
            openssl: &[SELF_SIGNED_IN_CHAIN, LOCALLY],
        },
        Cause::WrongCertificate | Cause::NameNotCovered | Cause::WildcardTooShallow => KnownAs {
            firefox: &["SSL_ERROR_BAD_CERT_DOMAIN"],
            chrome: &["NET::ERR_CERT_COMMON_NAME_INVALID"],
            thunderbird: &[WRONG_SITE],
            openssl: &["X509_V_ERR_HOSTNAME_MISMATCH (62)"],
        },
        Cause::AddressInsteadOfName => KnownAs {
            firefox: &["SSL_ERROR_BAD_CERT_DOMAIN"],
            chrome: &["NET::ERR_CERT_COMMON_NAME_INVALID"],
            thunderbird: &[WRONG_SITE],
            openssl: &["X509_V_ERR_IP_ADDRESS_MISMATCH (64)"],
        },
        Cause::WeakKeyOrSignature => KnownAs {
            firefox: &[
                "MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE",
                "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",
            ],
            chrome: &["NET::ERR_CERT_WEAK_KEY", "NET::ERR_CERT_WEAK_SIGNATURE_ALGORITHM"],
            thunderbird: &[UNKNOWN_IDENTITY],
            openssl: &[
                "X509_V_ERR_EE_KEY_TOO_SMALL (66)",
                "X509_V_ERR_CA_KEY_TOO_SMALL (67)",
                "X509_V_ERR_CA_MD_TOO_WEAK (68)",
            ],
        },
        Cause::MissingInformation => KnownAs {
            firefox: &[
                "SSL_ERROR_BAD_CERT_DOMAIN",
                "SEC_ERROR_INADEQUATE_CERT_TYPE",
                "SEC_ERROR_CA_CERT_INVALID",
                "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY",
                "MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA",
                "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION",
            ],
            chrome: &["NET::ERR_CERT_COMMON_NAME_INVALID", "NET::ERR_CERT_INVALID"],
            thunderbird: &[WRONG_SITE, UNKNOWN_IDENTITY],
            openssl: &[
                "X509_V_ERR_HOSTNAME_MISMATCH (62)",
                "X509_V_ERR_INVALID_PURPOSE (26)",
                "X509_V_ERR_INVALID_CA (79)",
                "X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION (34)",
            ],
        },
        Cause::CertificateUnreadable => KnownAs {
            firefox: &["SEC_ERROR_BAD_DER", "SEC_ERROR_BAD_SIGNATURE"],
            chrome: &["ERR_SSL_SERVER_CERT_BAD_FORMAT", "NET::ERR_CERT_INVALID"],
            thunderbird: &["SEC_ERROR_BAD_DER", "SEC_ERROR_BAD_SIGNATURE"],
            openssl: &["X509_V_ERR_CERT_SIGNATURE_FAILURE (7)"],
        },
        Cause::CertificateRevoked => KnownAs {
            firefox: &["SEC_ERROR_REVOKED_CERTIFICATE"],
            chrome: &["NET::ERR_CERT_REVOKED"],
            thunderbird: &["SEC_ERROR_REVOKED_CERTIFICATE"],
            openssl: &["X509_V_ERR_CERT_REVOKED (23)"],
        },
        Cause::TlsVersionTooOld => KnownAs {
            firefox: &["SSL_ERROR_UNSUPPORTED_VERSION"],
            chrome: &["ERR_SSL_VERSION_OR_CIPHER_MISMATCH"],
            thunderbird: &["SSL_ERROR_UNSUPPORTED_VERSION"],
            openssl: &["unsupported protocol", "tlsv1 alert protocol version"],
        },
        Cause::NoCommonCipher => KnownAs {
            firefox: &["SSL_ERROR_NO_CYPHER_OVERLAP"],
            chrome: &["ERR_SSL_VERSION_OR_CIPHER_MISMATCH"],
            thunderbird: &["SSL_ERROR_NO_CYPHER_OVERLAP"],
            openssl: &["sslv3 alert handshake failure"],
        },
        Cause::PlaintextOnTlsPort => KnownAs {
            firefox: &["SSL_ERROR_RX_RECORD_TOO_LONG"],
            chrome: &["ERR_SSL_PROTOCOL_ERROR"],
            thunderbird: &["SSL_ERROR_RX_RECORD_TOO_LONG"],
            openssl: &["wrong version number"],
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{CertificateFault as Fault, MissingInformation, NameRelation};

    /// The cause of a fault by itself. A new fault stops this from compiling until it's named here.
    fn cause_of(fault: &Fault) -> Cause {
        match fault {
            Fault::Unreadable { .. } | Fault::BrokenSignature { .. } => Cause::CertificateUnreadable,
            Fault::SelfSigned => Cause::SelfSigned,
            Fault::DefaultCertificate { .. } => Cause::DefaultCertificate,
            Fault::ChainIncomplete { .. } => Cause::ChainIncomplete,
            Fault::PrivateAuthority { .. } => Cause::PrivateAuthority,
            Fault::DistrustedAuthority { .. } => Cause::DistrustedAuthority,
            Fault::UnknownAuthority { .. } => Cause::UnknownAuthority,
            Fault::InterceptionProduct { .. } => Cause::TlsInterruptedByProxy,
            Fault::MissingInformation { .. } => Cause::MissingInformation,
            Fault::Expired { .. } => Cause::Expired,
            Fault::NotYetValid { .. } => Cause::NotYetValid,
            Fault::WeakKey { .. } | Fault::WeakSignature { .. } => Cause::WeakKeyOrSignature,
            Fault::NameMismatch { relation, .. } => match relation {
                NameRelation::OtherDomain => Cause::WrongCertificate,
                NameRelation::SameDomain => Cause::NameNotCovered,
                NameRelation::WildcardTooShallow => Cause::WildcardTooShallow,
                NameRelation::AddressTyped => Cause::AddressInsteadOfName,
            },
            Fault::Revoked { .. } => Cause::CertificateRevoked,
        }
    }

    fn all_faults() -> Vec<Fault> {
        let text = String::new;
        let mismatch = |relation| Fault::NameMismatch { relation, names: vec![] };
        vec![
            Fault::Unreadable { index: 0 },
            Fault::BrokenSignature { index: 0 },
            Fault::SelfSigned,
            Fault::DefaultCertificate { sign: text() },
            Fault::ChainIncomplete { missing: text(), completed: true },
            Fault::PrivateAuthority { root: text() },
            Fault::DistrustedAuthority { root: text(), certain: true },
            Fault::UnknownAuthority { issuer: text() },
            Fault::InterceptionProduct { product: text() },
            Fault::MissingInformation { index: 0, what: MissingInformation::Version1 },
            Fault::Expired { index: 0, not_after: 0 },
            Fault::NotYetValid { index: 0, not_before: 0 },
            Fault::WeakKey { index: 0, bits: 1024 },
            Fault::WeakSignature { index: 0, algorithm: text() },
            mismatch(NameRelation::OtherDomain),
            mismatch(NameRelation::SameDomain),
            mismatch(NameRelation::WildcardTooShallow),
            mismatch(NameRelation::AddressTyped),
            Fault::Revoked { index: 0 },
        ]
    }

    #[test]
    fn every_fault_of_a_certificate_has_its_name_in_every_program() {
        for fault in all_faults() {
            let known = known_as(cause_of(&fault)).unwrap_or_else(|| panic!("{fault:?} has no names"));
            for (program, names) in known.programs() {
                assert!(
                    !names.is_empty() && names.iter().all(|name| !name.is_empty()),
                    "{program}: {fault:?}"
                );
            }
        }
    }

    #[test]
    fn names_are_written_as_their_programs_write_them() {
        for known in Cause::ALL.iter().filter_map(|cause| known_as(*cause)) {
            let nss = |name: &&str| {
                ["SEC_ERROR_", "SSL_ERROR_", "MOZILLA_PKIX_ERROR_"].iter().any(|p| name.starts_with(p))
            };
            assert!(known.firefox.iter().all(nss), "{known:?}");
            assert!(
                known.chrome.iter().all(|name| name.trim_start_matches("NET::").starts_with("ERR_")),
                "{known:?}"
            );
            let wording = |name: &&str| [WRONG_SITE, OUTDATED, UNKNOWN_IDENTITY].contains(name);
            assert!(known.thunderbird.iter().all(|name| nss(name) || wording(name)), "{known:?}");
            for name in known.openssl.iter().filter(|name| name.starts_with("X509_")) {
                let number = name.rsplit_once(" (").and_then(|(_, number)| number.strip_suffix(')'));
                assert!(number.is_some_and(|number| number.parse::<u8>().is_ok()), "{name}");
            }
        }
    }
}
