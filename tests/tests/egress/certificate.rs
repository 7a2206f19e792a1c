//! Certificates that name what a test wants them to name.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, IsCa, KeyPair};
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer},
};

/// A server's certificate with its key, and the root above it.
pub struct Chain {
    sent: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// What a client has to trust.
    pub root: CertificateDer<'static>,
}

impl Chain {
    /// A certificate for `names`, issued by an intermediate that the server forgets to send. It says that the issuer can
    /// be fetched at these addresses (RFC 5280 §4.2.2.1).
    pub fn incomplete(names: &[&str], issuer_at: &[&str]) -> Self {
        let root = CertifiedIssuer::self_signed(authority("root"), key()).expect("a valid request");
        let issuer = CertifiedIssuer::signed_by(authority("issuer"), key(), &root).expect("a valid request");
        let mut chain = Self::signed(names, issuer_at, &issuer);
        chain.root = root.der().clone();
        chain
    }

    /// A certificate for `names`, signed by the root.
    pub fn complete(names: &[&str]) -> Self {
        let root = CertifiedIssuer::self_signed(authority("root"), key()).expect("a valid request");
        Self::signed(names, &[], &root)
    }

    fn signed(names: &[&str], issuer_at: &[&str], issuer: &CertifiedIssuer<'_, KeyPair>) -> Self {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names are valid");
        params.use_authority_key_identifier_extension = true;
        if !issuer_at.is_empty() {
            params.custom_extensions = vec![authority_information(issuer_at)];
        }
        let key = key();
        let leaf = params.signed_by(&key, issuer).expect("a valid request");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        Self { sent: vec![leaf.der().clone()], key, root: issuer.der().clone() }
    }

    /// The server's side of TLS.
    pub fn server(&self) -> Arc<ServerConfig> {
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows the current versions")
            .with_no_client_auth()
            .with_single_cert(self.sent.clone(), self.key.clone_key());
        Arc::new(config.expect("the key fits the certificate"))
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn key() -> KeyPair {
    KeyPair::generate().expect("the machine has randomness")
}

/// AuthorityInfoAccess with `caIssuers` addresses, in DER by hand: every length here is below 128.
fn authority_information(addresses: &[&str]) -> CustomExtension {
    const CA_ISSUERS: [u8; 10] = [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02];
    let tagged = |tag: u8, content: &[u8]| {
        let length = u8::try_from(content.len()).ok().filter(|length| *length < 128);
        [&[tag, length.expect("a short extension")], content].concat()
    };
    let description =
        |address: &&str| tagged(0x30, &[&CA_ISSUERS[..], &tagged(0x86, address.as_bytes())].concat());
    let content = tagged(0x30, &addresses.iter().flat_map(description).collect::<Vec<u8>>());
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], content)
}
