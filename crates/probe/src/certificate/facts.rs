//! Certificates as facts of the evidence, read with x509-parser.

use std::net::IpAddr;

use error_model::evidence::{Certificate, KeyAlgorithm, PublicKey};
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor};
use x509_parser::{
    error::X509Error,
    extensions::{DistributionPointName, GeneralName, ParsedExtension},
    oid_registry::{OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS, OidRegistry},
    prelude::{FromDer, X509Certificate, X509Name},
    public_key::PublicKey as ParsedKey,
};

use crate::limits;

/// What a certificate says; `None` where it can't be parsed.
#[must_use]
pub fn describe(der: &CertificateDer<'_>) -> Option<Certificate> {
    let certificate = super::parse(der)?;
    Some(Certificate {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        common_name: common_name(certificate.subject()),
        names: names(&certificate),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        serial: hex(certificate.raw_serial()),
        key: key(&certificate),
        signature: signature(&certificate),
        authority: certificate.is_ca(),
        self_signed: self_signed(&certificate),
        sha256: hex(sha256(der).as_ref()),
    })
}

/// The names and addresses of the subject alternative name (RFC 5280 §4.2.1.6), at most [`limits::NAMES`].
pub(super) fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let name = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => address(bytes).map(|a| a.to_string()),
        _ => None,
    };
    extension.value.general_names.iter().filter_map(name).take(limits::NAMES).collect()
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(v4.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(Into::into)
}

/// Where the certificate says that its issuer's certificate can be fetched (RFC 5280 §4.2.2.1): http addresses.
pub(crate) fn issuer_addresses(der: &CertificateDer<'_>) -> Vec<String> {
    super::parse(der).map_or_else(Vec::new, |certificate| issuer_addresses_of(&certificate))
}

pub(super) fn issuer_addresses_of(certificate: &X509Certificate<'_>) -> Vec<String> {
    let access = certificate.extensions().iter().find_map(|e| match e.parsed_extension() {
        ParsedExtension::AuthorityInfoAccess(access) => Some(access),
        _ => None,
    });
    access
        .into_iter()
        .flat_map(|access| &access.accessdescs)
        .filter(|d| d.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS)
        .filter_map(|d| match d.access_location {
            GeneralName::URI(uri) if uri.starts_with("http://") => Some(uri.to_owned()),
            _ => None,
        })
        .collect()
}

/// Where the certificate says that its issuer's list of revoked certificates is (RFC 5280 §4.2.1.13): http addresses.
/// Lists of somebody else than the issuer, and lists of some reasons only, are left out.
pub(crate) fn revocation_lists(der: &CertificateDer<'_>) -> Vec<String> {
    let Some(certificate) = super::parse(der) else { return Vec::new() };
    let points = certificate.extensions().iter().find_map(|e| match e.parsed_extension() {
        ParsedExtension::CRLDistributionPoints(points) => Some(points),
        _ => None,
    });
    points
        .into_iter()
        .flat_map(|points| &points.points)
        .filter(|point| point.crl_issuer.is_none() && point.reasons.is_none())
        .filter_map(|point| match &point.distribution_point {
            Some(DistributionPointName::FullName(names)) => Some(names),
            _ => None,
        })
        .flatten()
        .filter_map(|name| match name {
            GeneralName::URI(uri) if uri.starts_with("http://") => Some((*uri).to_owned()),
            _ => None,
        })
        .collect()
}

/// The name of a trusted root, whose subject is kept without its outer DER header.
pub(super) fn anchor_name(anchor: &TrustAnchor<'_>) -> String {
    let der = sequence(anchor.subject.as_ref());
    X509Name::from_der(&der).map_or_else(|_| "?".to_owned(), |(_, name)| name.to_string())
}

/// A SEQUENCE in DER with this content.
pub(super) fn sequence(content: &[u8]) -> Vec<u8> {
    let mut der = vec![0x30];
    match content.len() {
        short @ 0..=127 => der.push(short as u8),
        middle @ 128..=255 => der.extend([0x81, middle as u8]),
        long => {
            der.push(0x82);
            der.extend_from_slice(&u16::try_from(long).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    der.extend_from_slice(content);
    der
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    name.iter_common_name().next().and_then(|cn| cn.as_str().ok()).map(str::to_owned)
}

fn key(certificate: &X509Certificate<'_>) -> PublicKey {
    let (algorithm, bits) = match certificate.public_key().parsed() {
        Ok(ParsedKey::RSA(rsa)) => (KeyAlgorithm::Rsa, rsa.key_size()),
        Ok(ParsedKey::EC(point)) => (KeyAlgorithm::Ec, point.key_size()),
        Ok(ParsedKey::DSA(bytes)) => (KeyAlgorithm::Dsa, bytes.len() * 8),
        // Ed25519 and Ed448 (RFC 8410 §3).
        Ok(ParsedKey::Unknown(bytes)) if matches!(bytes.len(), 32 | 57) => {
            (KeyAlgorithm::Ed, bytes.len() * 8)
        }
        _ => (KeyAlgorithm::Other, 0),
    };
    PublicKey { algorithm, bits: u32::try_from(bits).unwrap_or(u32::MAX) }
}

fn signature(certificate: &X509Certificate<'_>) -> String {
    let oid = certificate.signature_algorithm.oid();
    let registry = OidRegistry::default().with_crypto().with_x509();
    registry.get(oid).map_or_else(|| oid.to_id_string(), |entry| entry.sn().to_owned())
}

/// Issuer equals subject, and its own key signs it. Where the algorithm is too old to be checked, the names decide.
fn self_signed(certificate: &X509Certificate<'_>) -> bool {
    certificate.subject() == certificate.issuer()
        && !matches!(certificate.verify_signature(None), Err(X509Error::SignatureVerificationError))
}

pub(super) fn sha256(bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _infallible = write!(out, "{byte:02x}");
        out
    })
}
