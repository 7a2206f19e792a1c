//! The verdict on chains made for the occasion: every fault that holds is named, none that doesn't.

use error_model::evidence::{
    CertificateFault::{self, *},
    MissingInformation, NameRelation,
};
use probe::{
    certificate::{Question, Verdict, verdict},
    host::Host,
};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    date_time_ymd,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor};

/// 2026-07-01, inside the validity of everything made here unless a test says otherwise.
const NOW: i64 = 1_782_864_000;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}

fn root(name: &str) -> Authority {
    CertifiedIssuer::self_signed(authority_params(name), KeyPair::generate().unwrap()).unwrap()
}

fn intermediate(name: &str, by: &Authority) -> Authority {
    CertifiedIssuer::signed_by(authority_params(name), KeyPair::generate().unwrap(), by).unwrap()
}

fn signed(params: CertificateParams, by: &Authority) -> CertificateDer<'static> {
    params.signed_by(&KeyPair::generate().unwrap(), by).unwrap().der().clone()
}

fn self_signed(params: CertificateParams) -> CertificateDer<'static> {
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
}

fn der(authority: &Authority) -> CertificateDer<'static> {
    authority.der().clone()
}

/// The verdict on `chain` for `host`, with `trusted` as the only root and `fetched` from AIA.
fn judge(
    chain: &[CertificateDer<'_>],
    host: &str,
    trusted: &Authority,
    fetched: &[CertificateDer<'_>],
) -> Verdict {
    let root = der(trusted);
    let roots: Vec<TrustAnchor<'_>> = vec![webpki::anchor_from_trusted_cert(&root).unwrap()];
    let host = Host::parse(host).unwrap();
    verdict(&Question { chain, host: &host, now: NOW, roots: &roots, fetched })
}

#[track_caller]
fn check(chain: &[CertificateDer<'_>], host: &str, trusted: &Authority, faults: &[CertificateFault]) {
    assert_eq!(judge(chain, host, trusted, &[]).faults, faults);
}

#[test]
fn a_chain_in_order_is_clean_and_names_its_root() {
    let root = root("Test Root");
    let middle = intermediate("Test Intermediate", &root);
    let leaf = signed(params("mail.example.com"), &middle);
    let verdict = judge(&[leaf, der(&middle)], "mail.example.com", &root, &[]);
    assert_eq!(verdict, Verdict { faults: vec![], trusted_root: Some("CN=Test Root".into()) });
}

#[test]
fn a_wildcard_covers_the_host_and_a_deeper_one_not() {
    let root = root("Root");
    let chain = [signed(params("*.example.com"), &root)];
    check(&chain, "imap.example.com", &root, &[]);
    let names = vec!["*.example.com".to_owned()];
    let relation = NameRelation::WildcardTooShallow;
    check(&chain, "a.imap.example.com", &root, &[NameMismatch { relation, names }]);
}

#[test]
fn a_self_signed_certificate_is_told_even_where_it_claims_to_be_an_authority() {
    let root = root("Root");
    check(&[self_signed(params("mail.example.com"))], "mail.example.com", &root, &[SelfSigned]);
    // What `openssl req -x509` makes by default.
    let mut authority = params("mail.example.com");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    check(&[self_signed(authority)], "mail.example.com", &root, &[SelfSigned]);
}

#[test]
fn a_default_certificate_is_self_signed_too_and_has_the_wrong_name() {
    let root = root("Root");
    let faults = judge(&[self_signed(params("localhost"))], "mail.example.com", &root, &[]).faults;
    assert!(faults.contains(&SelfSigned), "{faults:?}");
    assert!(faults.contains(&DefaultCertificate { sign: "CN=localhost".into() }), "{faults:?}");
    assert!(faults.iter().any(|f| matches!(f, NameMismatch { relation: NameRelation::OtherDomain, .. })));
}

#[test]
fn an_expired_certificate_hides_no_other_fault() {
    let trusted = root("Root");
    let stranger = root("Stranger");
    let mut old = params("other.example.net");
    old.not_before = date_time_ymd(2020, 1, 1);
    old.not_after = date_time_ymd(2021, 1, 1);
    let faults = judge(&[signed(old, &stranger), der(&stranger)], "mail.example.com", &trusted, &[]).faults;
    assert!(faults.contains(&Expired { index: 0, not_after: 1_609_459_200 }), "{faults:?}");
    assert!(faults.contains(&PrivateAuthority { root: "CN=Stranger".into() }), "{faults:?}");
    assert!(faults.iter().any(|f| matches!(f, NameMismatch { .. })), "{faults:?}");
}

#[test]
fn the_expired_link_of_a_chain_is_named() {
    let root = root("Root");
    let mut old = authority_params("Old Intermediate");
    old.not_after = date_time_ymd(2026, 2, 1);
    let middle = CertifiedIssuer::signed_by(old, KeyPair::generate().unwrap(), &root).unwrap();
    let chain = [signed(params("mail.example.com"), &middle), der(&middle)];
    check(&chain, "mail.example.com", &root, &[Expired { index: 1, not_after: 1_769_904_000 }]);
}

#[test]
fn a_certificate_of_tomorrow_is_not_yet_valid() {
    let root = root("Root");
    let mut future = params("mail.example.com");
    future.not_before = date_time_ymd(2026, 7, 2);
    let chain = [signed(future, &root)];
    check(&chain, "mail.example.com", &root, &[NotYetValid { index: 0, not_before: 1_782_950_400 }]);
}

#[test]
fn a_root_that_nobody_knows_is_a_private_authority_if_it_was_sent() {
    let trusted = root("Root");
    let company = root("Company Root");
    let leaf = signed(params("mail.example.com"), &company);
    let root = "CN=Company Root".to_owned();
    check(&[leaf.clone(), der(&company)], "mail.example.com", &trusted, &[PrivateAuthority { root }]);
    let issuer = "CN=Company Root".to_owned();
    check(&[leaf], "mail.example.com", &trusted, &[UnknownAuthority { issuer }]);
}

#[test]
fn a_forgotten_intermediate_is_proven_by_fetching_it() {
    let root = root("Root");
    let middle = intermediate("Intermediate", &root);
    let chain = [signed(params("mail.example.com"), &middle)];
    let missing = "CN=Intermediate".to_owned();
    check(&chain, "mail.example.com", &root, &[UnknownAuthority { issuer: missing.clone() }]);
    let verdict = judge(&chain, "mail.example.com", &root, &[der(&middle)]);
    assert_eq!(verdict.faults, [ChainIncomplete { missing, completed: true }]);
}

#[test]
fn an_unrelated_certificate_beside_the_chain_changes_nothing() {
    let trusted = root("Root");
    let middle = intermediate("Intermediate", &trusted);
    let mut old = params("leftover.example.com");
    old.not_after = date_time_ymd(2026, 2, 1);
    let leftover = self_signed(old);
    let chain = [signed(params("mail.example.com"), &middle), leftover, der(&middle)];
    check(&chain, "mail.example.com", &trusted, &[]);
}

#[test]
fn what_a_certificate_must_say_and_does_not() {
    let root = root("Root");
    let missing = |what| CertificateFault::MissingInformation { index: 0, what };
    let mut client_only = params("mail.example.com");
    client_only.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let no_server = [missing(MissingInformation::ServerAuthentication)];
    check(&[signed(client_only, &root)], "mail.example.com", &root, &no_server);
    let mut nameless = params("mail.example.com");
    nameless.subject_alt_names.clear();
    let no_san = [missing(MissingInformation::SubjectAlternativeName)];
    check(&[signed(nameless, &root)], "mail.example.com", &root, &no_san);
}

#[test]
fn an_interception_box_is_called_by_its_name() {
    let trusted = root("Root");
    let box_ = root("FortiGate CA");
    let chain = [signed(params("mail.example.com"), &box_), der(&box_)];
    let product = "Fortinet FortiGate".to_owned();
    check(&chain, "mail.example.com", &trusted, &[InterceptionProduct { product }]);
}

#[test]
fn an_address_needs_a_certificate_for_the_address() {
    let root = root("Root");
    let by_address = [signed(params("192.0.2.7"), &root)];
    check(&by_address, "192.0.2.7", &root, &[]);
    let names = vec!["mail.example.com".to_owned()];
    let by_name = [signed(params("mail.example.com"), &root)];
    check(&by_name, "192.0.2.7", &root, &[NameMismatch { relation: NameRelation::AddressTyped, names }]);
}

#[test]
fn bytes_that_are_no_certificate_get_a_verdict_too() {
    let root = root("Root");
    let whole = signed(params("mail.example.com"), &root);
    for length in 0..whole.len() {
        let cut = CertificateDer::from(whole[..length].to_vec());
        let faults = judge(&[cut], "mail.example.com", &root, &[]).faults;
        assert_eq!(faults, [Unreadable { index: 0 }], "cut after {length} bytes");
    }
    assert_eq!(judge(&[], "mail.example.com", &root, &[]).faults, [Unreadable { index: 0 }]);
}

#[test]
fn a_root_under_the_name_of_one_that_stores_took_out_is_told_by_the_name_only() {
    let trusted = root("Root");
    let gone = root("DigiNotar Root CA");
    let leaf = signed(params("mail.example.com"), &gone);
    let fault = DistrustedAuthority { root: "CN=DigiNotar Root CA".into(), certain: false };
    check(&[leaf.clone(), der(&gone)], "mail.example.com", &trusted, std::slice::from_ref(&fault));
    check(std::slice::from_ref(&leaf), "mail.example.com", &trusted, std::slice::from_ref(&fault));
    assert_eq!(judge(&[leaf], "mail.example.com", &trusted, &[der(&gone)]).faults, [fault]);
}
