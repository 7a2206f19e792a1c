//! The mail server of the runs: IMAP and SMTP over TLS, which can be held shut before its greeting.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use error_model::Lane;
use tokio::{
    io::BufStream,
    net::{TcpListener, TcpStream},
    sync::watch,
};
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
    dialogue::{Imap, Smtp},
};

/// A server that counts the connections on which TLS stands.
pub(super) struct Peer {
    pub imap: SocketAddr,
    pub smtp: SocketAddr,
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
        let (gate, open) = watch::channel(true);
        let held = Arc::new(AtomicUsize::new(0));
        let door = Door { tls, open, held: Arc::clone(&held) };
        let imap = door.clone().serve(Lane::Imap).await;
        let smtp = door.serve(Lane::Smtp).await;
        Self { imap, smtp, trust_anchor: authority.trust_anchor(), gate, held, directory }
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

/// What its two ports have in common.
#[derive(Clone)]
struct Door {
    tls: TlsAcceptor,
    open: watch::Receiver<bool>,
    held: Arc<AtomicUsize>,
}

impl Door {
    /// Listens on a free port and serves whoever comes.
    async fn serve(self, lane: Lane) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(self.clone().answer(stream, lane));
            }
        });
        address
    }

    async fn answer(mut self, stream: TcpStream, lane: Lane) -> io::Result<()> {
        let stream = self.tls.accept(stream).await?;
        self.held.fetch_add(1, Ordering::Relaxed);
        let opened = self.open.wait_for(|open| *open).await.is_ok();
        self.held.fetch_sub(1, Ordering::Relaxed);
        match lane {
            _ if !opened => Ok(()),
            Lane::Imap => Imap::USUAL.talk(BufStream::new(stream)).await,
            Lane::Smtp => Smtp::USUAL.talk(BufStream::new(stream)).await,
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Left behind, it would be a few files in the directory for temporary ones.
        let _removed = std::fs::remove_dir_all(&self.directory);
    }
}
