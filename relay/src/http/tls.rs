//! HTTPS of the relay itself, where an operator gives it a certificate, and the renewal of that certificate.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
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

/// The relay's certificate as its files had it when they were last read. A handshake takes the one that is current.
#[derive(Debug)]
pub(super) struct OwnCertificate {
    files: Tls,
    current: RwLock<Arc<CertifiedKey>>,
}

impl OwnCertificate {
    /// Reads certificate and key.
    pub fn read(files: &Tls) -> Result<Arc<Self>, TlsError> {
        Ok(Arc::new(Self { files: files.clone(), current: RwLock::new(Arc::new(certified_key(files)?)) }))
    }

    /// Reads the files again. What can't be used changes nothing: the relay goes on with what it has.
    pub fn reload(&self) -> Result<(), TlsError> {
        let renewed = Arc::new(certified_key(&self.files)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(())
    }

    /// Accepts handshakes with it, today's versions of TLS only.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Self>::clone(self);
        let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for OwnCertificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn certified_key(files: &Tls) -> Result<CertifiedKey, TlsError> {
    let certificates = certificates(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|source| TlsError::File {
        key: "tls.key",
        path: files.key.clone(),
        source,
    })?;
    Ok(CertifiedKey::from_der(certificates, key, &aws_lc_rs::default_provider())?)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let unusable = |source| TlsError::File { key: "tls.certificate", path: path.to_path_buf(), source };
    let certificates: Vec<_> =
        CertificateDer::pem_file_iter(path).map_err(unusable)?.collect::<Result<_, _>>().map_err(unusable)?;
    if certificates.is_empty() { Err(TlsError::NoCertificate(path.to_path_buf())) } else { Ok(certificates) }
}
