//! A peer's certificate: made on the spot, in order unless a test wants otherwise.

use std::{net::Ipv4Addr, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio_rustls::rustls::{
    ServerConfig, SupportedProtocolVersion,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    sign::{CertifiedKey, SingleCertAndKey},
    version::{TLS12, TLS13},
};

/// An authority of the tests.
pub type Authority = CertifiedIssuer<'static, KeyPair>;

/// A chain with its key, and the root that the checks are told to trust.
pub struct Identity {
    /// The chain as sent, the peer's own certificate first.
    pub chain: Vec<CertificateDer<'static>>,
    root: CertificateDer<'static>,
    key: KeyPair,
}

impl Identity {
    /// In order: for `address`, by a trusted root.
    pub fn good(address: Ipv4Addr) -> Self {
        let root = Self::authority("Hostile Test Root", None);
        Self::issued(Self::params(address), &root, &root, &[])
    }

    /// Whatever `params` say, by `issuer`; `above` is sent behind it. `root` is what the checks trust.
    pub fn issued(
        params: CertificateParams,
        issuer: &Authority,
        root: &Authority,
        above: &[CertificateDer<'static>],
    ) -> Self {
        let key = KeyPair::generate().expect("the machine has randomness");
        let leaf = params.signed_by(&key, issuer).expect("a valid request").der().clone();
        let chain = [&[leaf], above].concat();
        Self { chain, root: root.der().clone(), key }
    }

    /// What a mail server's certificate says.
    pub fn params(address: Ipv4Addr) -> CertificateParams {
        let mut params = CertificateParams::new([address.to_string()]).expect("an address is a valid name");
        params.distinguished_name.push(DnType::CommonName, "peer");
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2050, 1, 1);
        params
    }

    /// An authority, by another one or by itself.
    pub fn authority(name: &str, by: Option<&Authority>) -> Authority {
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2050, 1, 1);
        let key = KeyPair::generate().expect("the machine has randomness");
        match by {
            Some(issuer) => CertifiedIssuer::signed_by(params, key, issuer),
            None => CertifiedIssuer::self_signed(params, key),
        }
        .expect("a valid request")
    }

    /// The root that the checks are told to trust.
    pub fn root(&self) -> CertificateDer<'static> {
        self.root.clone()
    }

    /// The settings of a TLS server.
    pub fn server(&self) -> Arc<ServerConfig> {
        self.server_with(&[&TLS13, &TLS12])
    }

    /// The same, for TLS 1.2 alone: there the certificate is in clear.
    pub fn server_of_tls12(&self) -> Arc<ServerConfig> {
        self.server_with(&[&TLS12])
    }

    fn server_with(&self, versions: &[&'static SupportedProtocolVersion]) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let key = aws_lc_rs::sign::any_supported_type(&key).expect("rcgen makes keys that rustls takes");
        // Not `with_single_cert`, which looks whether the certificate is one.
        let shown = SingleCertAndKey::from(CertifiedKey::new(self.chain.clone(), key));
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(versions)
            .expect("the provider has suites for both")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(shown));
        Arc::new(config)
    }
}
