//! Certificates (RFC 5280) as facts, and every fault that can hold of a chain.

use serde::{Deserialize, Serialize};

/// One certificate as the server sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Subject, RFC 4514 text.
    pub subject: String,
    /// Issuer, RFC 4514 text.
    pub issuer: String,
    /// The subject's common name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// dNSName and iPAddress entries of the subject alternative name.
    pub names: Vec<String>,
    /// Start of validity, seconds since the Unix epoch.
    pub not_before: i64,
    /// End of validity, seconds since the Unix epoch.
    pub not_after: i64,
    /// Serial number, hex.
    pub serial: String,
    /// The public key.
    pub key: PublicKey,
    /// Signature algorithm, `sha256WithRSAEncryption`, or its OID.
    pub signature: String,
    /// Basic constraints say that it may issue others.
    pub authority: bool,
    /// Issuer equals subject, and its own key signs it.
    pub self_signed: bool,
    /// SHA-256 of the DER form, hex.
    pub sha256: String,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// Its kind.
    pub algorithm: KeyAlgorithm,
    /// Its size.
    pub bits: u32,
}

/// Kinds of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAlgorithm {
    /// RSA.
    Rsa,
    /// Elliptic curve.
    Ec,
    /// Ed25519 or Ed448.
    Ed,
    /// DSA.
    Dsa,
    /// Another.
    Other,
}

/// Something that a certificate must say and doesn't, or says in a way that nobody may accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingInformation {
    /// No subject alternative name; a name only in the CN, if at all (RFC 9525).
    SubjectAlternativeName,
    /// The extended key usage lacks server authentication (RFC 5280 §4.2.1.12).
    ServerAuthentication,
    /// An issuer without basic constraints that make it one (RFC 5280 §4.2.1.9).
    BasicConstraints,
    /// The server's own certificate is an authority's.
    AuthorityAsServer,
    /// X.509 version 1, which has no extensions.
    Version1,
    /// A critical extension that nobody knows (RFC 5280 §4.2).
    CriticalExtension,
    /// The names lie outside of what the authority may certify, or the path is longer than it allows.
    Constraints,
}

/// How the certificate's names stand to the host asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameRelation {
    /// No name shares the host's registrable domain (public suffix list).
    OtherDomain,
    /// Same registrable domain, this name is missing.
    SameDomain,
    /// A wildcard would cover the name if it reached one label deeper (RFC 9525 §6.3).
    WildcardTooShallow,
    /// An address was typed; the certificate has names.
    AddressTyped,
}

/// A fault of a chain. `index` counts from 0, the server's own certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum CertificateFault {
    /// It can't be parsed.
    Unreadable {
        /// Which.
        index: u32,
    },
    /// Its signature isn't its issuer's.
    BrokenSignature {
        /// Which.
        index: u32,
    },
    /// Issuer equals subject, and its own key signs it.
    SelfSigned,
    /// The default of a mail program or panel.
    DefaultCertificate {
        /// The name that gives it away.
        sign: String,
    },
    /// The issuer's certificate wasn't sent, or the wrong one was.
    ChainIncomplete {
        /// Subject of the missing certificate.
        missing: String,
        /// With the issuer fetched from the certificate's own AIA address the path is trusted.
        completed: bool,
    },
    /// The path ends in a root that no public store knows.
    PrivateAuthority {
        /// The root's subject.
        root: String,
    },
    /// The path ends in a root that the public stores removed, or trust for older certificates only.
    DistrustedAuthority {
        /// The root's subject.
        root: String,
        /// Its key says so, not only its name.
        #[serde(default)]
        certain: bool,
    },
    /// The issuer is unknown, wasn't sent and can't be fetched.
    UnknownAuthority {
        /// The issuer's subject.
        issuer: String,
    },
    /// An interception product issued it.
    InterceptionProduct {
        /// The product's name.
        product: String,
    },
    /// Something is missing.
    MissingInformation {
        /// Which.
        index: u32,
        /// What.
        what: MissingInformation,
    },
    /// notAfter has passed.
    Expired {
        /// Which.
        index: u32,
        /// When, seconds since the Unix epoch.
        not_after: i64,
    },
    /// notBefore is still to come.
    NotYetValid {
        /// Which.
        index: u32,
        /// When, seconds since the Unix epoch.
        not_before: i64,
    },
    /// RSA below 2048 bits, DSA, or a curve below 224 bits.
    WeakKey {
        /// Which.
        index: u32,
        /// Its size.
        bits: u32,
    },
    /// MD5 or SHA-1.
    WeakSignature {
        /// Which.
        index: u32,
        /// The algorithm.
        algorithm: String,
    },
    /// The host asked for isn't among the names.
    NameMismatch {
        /// How the names stand to it.
        relation: NameRelation,
        /// The names covered.
        names: Vec<String>,
    },
    /// The authority's list says so.
    Revoked {
        /// Which.
        index: u32,
    },
}
