//! The mail server of the runs: IMAP over TLS, which can be held shut before its greeting.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::{io::BufStream, net::TcpListener, sync::watch};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

use crate::lab::{
    ca::{Authority, Cert},
    dialogue::Imap,
};

/// A server that counts the connections on which TLS stands.
pub(super) struct Peer {
    pub address: SocketAddr,
    pub trust_anchor: PathBuf,
    gate: watch::Sender<bool>,
    held: Arc<AtomicUsize>,
    directory: PathBuf,
}

impl Peer {
    pub async fn start() -> Self {
        let directory = std::env::temp_dir().join(format!("mailtriage-load-{}", std::process::id()));
        let authority = Authority::create(directory.clone());
        let files = authority.issue(Cert::Good, "127.0.0.1");
        let chain = CertificateDer::pem_file_iter(&files.chain).expect("a PEM file");
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("certificates");
        let key = PrivateKeyDer::from_pem_file(&files.key).expect("a PEM file");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows the current versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("the key fits the certificate");
        let tls = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let (gate, open) = watch::channel(true);
        let held = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&held);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, mut open, held) = (tls.clone(), open.clone(), Arc::clone(&counter));
                tokio::spawn(async move {
                    let stream = tls.accept(stream).await?;
                    held.fetch_add(1, Ordering::Relaxed);
                    let opened = open.wait_for(|open| *open).await.is_ok();
                    held.fetch_sub(1, Ordering::Relaxed);
                    if opened { Imap::USUAL.talk(BufStream::new(stream)).await } else { Ok(()) }
                });
            }
        });
        Self { address, trust_anchor: authority.trust_anchor(), gate, held, directory }
    }

    /// From here on connections are held before the greeting, or let on.
    pub fn hold(&self, hold: bool) {
        self.gate.send_replace(!hold);
    }

    /// Connections that are held now.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Left behind, it would be a few files in the directory for temporary ones.
        let _removed = std::fs::remove_dir_all(&self.directory);
    }
}
