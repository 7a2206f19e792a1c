//! Certificates that are good and out of the ordinary: other keys, and chains of an unusual length.

use rcgen::{CustomExtension, KeyPair, PKCS_ECDSA_P521_SHA512, PKCS_RSA_SHA256};

use super::{Authority, Cert, Files, authority, key, leaf, own, sign, with};

/// Netscape's comment, an old extension that may say anything.
const COMMENT: &[u64] = &[2, 16, 840, 1, 113_730, 1, 13];
/// With the certificates that are needed and the frame of the message, this stays below 65,536 bytes, and not by much.
const NEARLY_FULL: usize = 63_500;
/// More than a handshake message of rustls holds.
const TOO_MUCH: usize = 70_000;

impl Authority {
    /// One of the four kinds that this file is about.
    pub(super) fn odd(&self, cert: Cert, host: &str) -> Files {
        let key = match cert {
            Cert::Rsa => KeyPair::generate_for(&PKCS_RSA_SHA256).expect("the machine has randomness"),
            Cert::P521 => KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).expect("the machine has randomness"),
            _ => key(),
        };
        let extra = match cert {
            Cert::LongChain => padding(NEARLY_FULL),
            Cert::EndlessChain => padding(TOO_MUCH),
            _ => String::new(),
        };
        let chain = sign(&leaf(host, &[host]), &key, &self.issuing).pem() + &self.issuing.pem() + &extra;
        self.write(host, &chain, &key.serialize_pem())
    }
}

/// A certificate of somebody else that is at least this many bytes long.
fn padding(bytes: usize) -> String {
    let comment = CustomExtension::from_oid_content(COMMENT, vec![b'x'; bytes]);
    own(with(authority("mailtriage lab padding"), |it| it.custom_extensions = vec![comment]), &key())
}
