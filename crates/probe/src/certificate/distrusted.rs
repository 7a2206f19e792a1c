//! Roots that public stores took out, or trust for old certificates only: the table `distrusted_roots.tsv` beside this
//! crate's `Cargo.toml`, compiled in and parsed once.
//!
//! A key is certain. A name isn't: anybody can make a root under it.

use std::sync::LazyLock;

use error_model::evidence::CertificateFault;
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor};
use x509_parser::{prelude::FromDer, time::ASN1Time};

use super::facts::{hex, sequence, sha256};

/// One root.
struct Root {
    /// Certificates issued after this moment aren't trusted, seconds since the Unix epoch.
    since: i64,
    /// The part of the subject that tells it, `CN=…`.
    name: &'static str,
    /// SHA-256 of the SubjectPublicKeyInfo, hex.
    key: Option<&'static str>,
}

static ROOTS: LazyLock<Vec<Root>> = LazyLock::new(|| {
    let table = include_str!("../../distrusted_roots.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(Root::read).collect()
});

impl Root {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let (since, name, key) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Self { since: end_of(since)?, name, key: (key != "-").then_some(key) })
    }
}

/// The last second of a day, `2024-11-30`.
fn end_of(day: &str) -> Option<i64> {
    let time = format!("{}235959Z", day.replace('-', ""));
    // A GeneralizedTime as certificates have it (RFC 5280 §4.1.2.5.2).
    let der = [&[0x18, u8::try_from(time.len()).ok()?], time.as_bytes()].concat();
    ASN1Time::from_der(&der).map(|(_, time)| time.timestamp()).ok()
}

/// The root that a path leads to isn't in our store. `root` is its own certificate, where it's there and its key was
/// seen to issue the path; `name` is what it's called.
pub(super) fn without_trust(root: Option<&CertificateDer<'_>>, name: &str) -> Option<CertificateFault> {
    let key =
        root.and_then(|root| super::parse(root).map(|root| hex(sha256(root.public_key().raw).as_ref())));
    let certain = key.is_some_and(|key| ROOTS.iter().any(|root| root.key == Some(key.as_str())));
    let known = certain || ROOTS.iter().any(|root| name.split(", ").any(|part| part == root.name));
    known.then(|| CertificateFault::DistrustedAuthority { root: name.to_owned(), certain })
}

/// The path leads to a root of our store, which others trust for certificates issued before a day only.
pub(super) fn by_date(anchor: &TrustAnchor<'_>, name: &str, not_before: i64) -> Option<CertificateFault> {
    let key = hex(sha256(&sequence(anchor.subject_public_key_info.as_ref())).as_ref());
    let root = ROOTS.iter().find(|root| root.key == Some(key.as_str()))?;
    (not_before > root.since)
        .then(|| CertificateFault::DistrustedAuthority { root: name.to_owned(), certain: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(name: &str) -> Option<&'static TrustAnchor<'static>> {
        webpki_roots::TLS_SERVER_ROOTS
            .iter()
            .find(|anchor| super::super::facts::anchor_name(anchor).contains(name))
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let table = include_str!("../../distrusted_roots.tsv");
        let lines = table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(ROOTS.len(), lines);
        for root in ROOTS.iter() {
            assert!(root.name.starts_with("CN=") || root.name.starts_with("OU="), "{}", root.name);
            assert!(root.key.is_none_or(|key| key.len() == 64), "{}", root.name);
        }
    }

    #[test]
    fn a_root_of_our_store_is_known_by_its_key_and_the_date_decides() {
        // 2025-07-31T23:59:59Z
        const LAST: i64 = 1_754_006_399;
        let anchor = ours("HiPKI Root CA - G1").expect("a root of Mozilla's store");
        assert_eq!(by_date(anchor, "CN=HiPKI Root CA - G1", LAST), None);
        assert_eq!(
            by_date(anchor, "CN=HiPKI Root CA - G1", LAST + 1),
            Some(CertificateFault::DistrustedAuthority {
                root: "CN=HiPKI Root CA - G1".into(),
                certain: true
            })
        );
    }

    #[test]
    fn a_root_that_was_sent_is_known_by_its_key_whatever_it_is_called() {
        use tokio_rustls::rustls::pki_types::pem::PemObject;
        let pem = include_bytes!("../../tests/roots/affirmtrust-premium-ecc.pem");
        let root = CertificateDer::from_pem_slice(pem).unwrap();
        let fault = without_trust(Some(&root), "CN=Anything");
        assert!(matches!(fault, Some(CertificateFault::DistrustedAuthority { certain: true, .. })));
    }

    #[test]
    fn a_root_that_everybody_trusts_is_left_alone() {
        let anchor = ours("ISRG Root X1").expect("a root of Mozilla's store");
        assert_eq!(by_date(anchor, "CN=ISRG Root X1", i64::MAX), None);
        assert_eq!(without_trust(None, "C=US, O=Example, CN=Example Company Root"), None);
    }

    #[test]
    fn a_name_alone_isn_t_certain() {
        let fault = without_trust(None, "C=NL, O=DigiNotar, CN=DigiNotar Root CA");
        assert!(matches!(fault, Some(CertificateFault::DistrustedAuthority { certain: false, .. })));
        assert_eq!(without_trust(None, "CN=DigiNotar Root CA of Example"), None);
    }
}
