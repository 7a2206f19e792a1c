//! Lists of revoked certificates: only the issuer's own list of today revokes, and only what it names.

use probe::{
    certificate::{Question, is_revoked},
    host::Host,
};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType, IsCa,
    KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber, date_time_ymd,
};
use tokio_rustls::rustls::pki_types::CertificateDer;

/// 2026-07-01, inside the validity of everything made here unless a test says otherwise.
const NOW: i64 = 1_782_864_000;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate with this serial number, which ended in the year `until`.
fn leaf(serial: u64, until: i32, by: &Authority) -> CertificateDer<'static> {
    let mut params = CertificateParams::new(vec!["mail.example.com".to_owned()]).unwrap();
    params.serial_number = Some(SerialNumber::from(serial));
    params.not_before = date_time_ymd(2025, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    params.signed_by(&KeyPair::generate().unwrap(), by).unwrap().der().clone()
}

/// A list that revokes number 7 and is renewed in the year `next`.
fn list(next: i32, by: &Authority) -> Vec<u8> {
    let revoked = RevokedCertParams {
        serial_number: SerialNumber::from(7),
        revocation_time: date_time_ymd(2025, 2, 1),
        reason_code: None,
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: date_time_ymd(2025, 2, 1),
        next_update: date_time_ymd(next, 1, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: vec![revoked],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(by).unwrap().der().to_vec()
}

fn revoked(leaf: CertificateDer<'_>, trusted: &Authority, list: &[u8]) -> bool {
    let root = trusted.der().clone();
    let roots = [webpki::anchor_from_trusted_cert(&root).unwrap()];
    let host = Host::parse("mail.example.com").unwrap();
    is_revoked(&Question { chain: &[leaf], host: &host, now: NOW, roots: &roots, fetched: &[] }, list)
}

#[test]
fn the_list_of_the_issuer_revokes_what_it_names_and_nothing_else() {
    let root = authority("Root");
    assert!(revoked(leaf(7, 2027, &root), &root, &list(2027, &root)));
    assert!(!revoked(leaf(8, 2027, &root), &root, &list(2027, &root)));
}

#[test]
fn an_expired_certificate_may_be_revoked_too() {
    let root = authority("Root");
    assert!(revoked(leaf(7, 2026, &root), &root, &list(2027, &root)));
}

#[test]
fn a_list_that_somebody_else_signed_under_the_issuers_name_says_nothing() {
    let (root, impostor) = (authority("Root"), authority("Root"));
    assert!(!revoked(leaf(7, 2027, &root), &root, &list(2027, &impostor)));
}

#[test]
fn a_list_of_yesterday_says_nothing() {
    let root = authority("Root");
    assert!(!revoked(leaf(7, 2027, &root), &root, &list(2026, &root)));
}

#[test]
fn without_a_trusted_root_nobody_vouches_for_the_list() {
    let (root, stranger) = (authority("Root"), authority("Stranger"));
    assert!(!revoked(leaf(7, 2027, &stranger), &root, &list(2027, &stranger)));
}

#[test]
fn bytes_that_are_no_list_revoke_nothing() {
    let root = authority("Root");
    let whole = list(2027, &root);
    for length in 0..whole.len() {
        assert!(!revoked(leaf(7, 2027, &root), &root, &whole[..length]), "cut after {length} bytes");
    }
}
