//! The path to a root, asked of webpki with any clock and any set of roots.

use error_model::evidence::CertificateFault;
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, CertRevocationList, EndEntityCert, Error, ExpirationPolicy, KeyUsage,
    RevocationCheckDepth, RevocationOptions, RevocationOptionsBuilder, UnknownStatusPolicy,
};

use super::{distrusted, facts};

/// Why there is no path, as far as a fault can be named from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    UnknownIssuer,
    Expired,
    NotYetValid,
    Distrusted,
    Signature,
    SignatureAlgorithm,
    AuthorityAsServer,
    NotAnAuthority,
    Version,
    CriticalExtension,
    Usage,
    Constraints,
    Revoked,
    Unreadable,
}

/// Issuers of one name that are tried. Cross-signed authorities have two; a dozen that all claim to have issued one
/// another are a maze, in which every order would be tried.
const NAMESAKES: usize = 3;

/// A chain to be verified.
pub(super) struct Path<'a> {
    leaf: Option<&'a CertificateDer<'a>>,
    issuers: Vec<CertificateDer<'a>>,
    roots: &'a [TrustAnchor<'a>],
}

impl<'a> Path<'a> {
    pub fn new(chain: &'a [CertificateDer<'a>], roots: &'a [TrustAnchor<'a>]) -> Self {
        let mut issuers = Vec::new();
        let mut names = Vec::new();
        for der in chain.iter().skip(1) {
            let name = super::parse(der).map(|issuer| issuer.subject().as_raw().to_vec());
            if names.iter().filter(|known| **known == name).count() < NAMESAKES {
                issuers.push(CertificateDer::from(der.as_ref()));
                names.push(name);
            }
        }
        Self { leaf: chain.first(), issuers, roots }
    }

    /// The subject of the root reached.
    pub fn verify(&self, time: UnixTime) -> Result<String, Broken> {
        self.reach(time, None).map(facts::anchor_name)
    }

    /// The root reached, where it's known to be trusted for old certificates only, and this one is newer.
    pub fn distrusted_by_date(&self, time: UnixTime, not_before: i64) -> Option<CertificateFault> {
        let anchor = self.reach(time, None).ok()?;
        distrusted::by_date(anchor, &facts::anchor_name(anchor), not_before)
    }

    /// Whether the list, which the issuer of the server's own certificate must have signed and which must be of today,
    /// names that certificate. A list of somebody else says nothing.
    pub fn is_revoked_by(&self, list: &CertRevocationList<'_>, time: UnixTime) -> bool {
        let lists = [list];
        let Ok(options) = RevocationOptionsBuilder::new(&lists) else { return false };
        let options = options
            .with_depth(RevocationCheckDepth::EndEntity)
            .with_status_policy(UnknownStatusPolicy::Allow)
            .with_expiration_policy(ExpirationPolicy::Enforce)
            .build();
        self.reach(time, Some(options)).is_err_and(|broken| broken == Broken::Revoked)
    }

    fn reach(
        &self,
        time: UnixTime,
        revocation: Option<RevocationOptions<'_>>,
    ) -> Result<&'a TrustAnchor<'a>, Broken> {
        let leaf = self.leaf.ok_or(Broken::Unreadable)?;
        let leaf = EndEntityCert::try_from(leaf).map_err(|error| broken(&error))?;
        let usage = KeyUsage::server_auth();
        let path = leaf
            .verify_for_usage(ALL_VERIFICATION_ALGS, self.roots, &self.issuers, time, usage, revocation, None)
            .map_err(|error| broken(&error))?;
        // The path borrows the certificate, which ends here; the root is one of ours.
        let reached = path.anchor();
        self.roots.iter().find(|root| *root == reached).ok_or(Broken::Unreadable)
    }
}

/// A certificate can't serve as a root.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the certificate can't be used as a trusted root: {0:?}")]
pub struct NotAnAnchor(Error);

/// Makes a root of a certificate.
pub(crate) fn anchor<'a>(root: &'a CertificateDer<'_>) -> Result<TrustAnchor<'a>, NotAnAnchor> {
    webpki::anchor_from_trusted_cert(root).map_err(NotAnAnchor)
}

fn broken(error: &Error) -> Broken {
    match error {
        Error::UnknownIssuer => Broken::UnknownIssuer,
        Error::CertExpired { .. } | Error::InvalidCertValidity => Broken::Expired,
        Error::CertNotValidYet { .. } => Broken::NotYetValid,
        Error::CertDistrusted => Broken::Distrusted,
        Error::CertRevoked => Broken::Revoked,
        Error::InvalidSignatureForPublicKey => Broken::Signature,
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => Broken::SignatureAlgorithm,
        Error::CaUsedAsEndEntity => Broken::AuthorityAsServer,
        Error::EndEntityUsedAsCa => Broken::NotAnAuthority,
        Error::UnsupportedCertVersion => Broken::Version,
        Error::UnsupportedCriticalExtension => Broken::CriticalExtension,
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => Broken::Usage,
        Error::NameConstraintViolation | Error::PathLenConstraintViolated => Broken::Constraints,
        Error::MaximumNameConstraintComparisonsExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumPathDepthExceeded
        | Error::MaximumSignatureChecksExceeded => Broken::Constraints,
        _ => Broken::Unreadable,
    }
}
