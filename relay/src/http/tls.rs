//! HTTPS of the relay itself, where an operator gives it a certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
    },
};

use crate::config::Tls;

/// Why the certificate or its key can't be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum TlsError {
    /// A file can't be read, or has nothing of its kind in it.
    #[error("{key} = {}: {source}", path.display())]
    File { key: &'static str, path: PathBuf, source: pem::Error },
    /// A file without a certificate.
    #[error("tls.certificate = {}: there is no PEM certificate in it", .0.display())]
    NoCertificate(PathBuf),
    /// Key and certificate don't go together, or the key is of no use.
    #[error("tls.key: {0}")]
    Key(#[from] rustls::Error),
}

/// Reads certificate and key.
pub(super) fn acceptor(tls: &Tls) -> Result<TlsAcceptor, TlsError> {
    let certificates = certificates(&tls.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|source| TlsError::File {
        key: "tls.key",
        path: tls.key.clone(),
        source,
    })?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let unusable = |source| TlsError::File { key: "tls.certificate", path: path.to_path_buf(), source };
    let certificates: Vec<_> =
        CertificateDer::pem_file_iter(path).map_err(unusable)?.collect::<Result<_, _>>().map_err(unusable)?;
    if certificates.is_empty() { Err(TlsError::NoCertificate(path.to_path_buf())) } else { Ok(certificates) }
}
