//! Peers that play a script, for what no real server can be made to do: silence, broken replies, aborted handshakes,
//! and the very words with which a large provider refuses a sign-in.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::Acceptor;
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs};
use tokio_rustls::{LazyConfigAcceptor, TlsAcceptor};

use super::ca::Files;
use super::dialogue;
use super::web::Web;

/// What a scripted peer does with a connection.
#[derive(Clone, Copy, Debug)]
pub enum Script {
    /// Accepts, and says nothing.
    Silent,
    /// Says this, and answers nothing that comes back.
    Says(&'static str),
    /// Says this, and closes the connection at the first thing that comes back.
    HangsUpAfter(&'static str),
    /// Answers a TLS hello that names a server with `unrecognized_name` (RFC 6066 section 3).
    RefusesServerName,
    /// Accepts TLS, and says nothing inside.
    SilentInside,
    /// IMAP over TLS whose greeting takes nine seconds.
    Late,
    /// IMAP over TLS.
    Imap(dialogue::Imap),
    /// SMTP over TLS.
    Smtp(dialogue::Smtp),
    /// Dovecot's SASL service, dying over every password: what Postfix asks.
    DyingSasl,
    /// A web server.
    Http(Web),
    /// A web server over TLS.
    Https(Web),
    /// HTTP: serves the issuing authority's certificate to whoever asks for anything.
    IssuerOverHttp,
    /// HTTP: serves the issuing authority's list of revoked certificates.
    RevocationListOverHttp,
}

/// What the scripts may need.
pub struct Props {
    /// The certificate of the peer.
    pub files: Files,
    /// What [`Script::IssuerOverHttp`] serves.
    pub issuer: Vec<u8>,
    /// What [`Script::RevocationListOverHttp`] serves.
    pub revocation_list: Vec<u8>,
}

/// Plays `script` at `address` until the process ends.
pub fn start(runtime: &tokio::runtime::Handle, address: SocketAddr, script: Script, props: Props) {
    let listener = runtime.block_on(TcpListener::bind(address)).unwrap_or_else(|error| {
        panic!("the lab can't listen at {address} ({error}); it needs root for the mail ports")
    });
    let peer = Arc::new(Peer { script, props });
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let peer = Arc::clone(&peer);
            // A client that leaves early is what many of these scripts are for.
            tokio::spawn(async move { peer.play(stream).await });
        }
    });
}

struct Peer {
    script: Script,
    props: Props,
}

impl Peer {
    async fn play(&self, mut stream: TcpStream) -> io::Result<()> {
        match self.script {
            Script::Silent => ignore(&mut stream).await,
            Script::Says(text) => {
                stream.write_all(text.as_bytes()).await?;
                ignore(&mut stream).await
            }
            Script::HangsUpAfter(text) => {
                stream.write_all(text.as_bytes()).await?;
                stream.read_u8().await?;
                Ok(())
            }
            Script::RefusesServerName => self.refuse_server_name(stream).await,
            Script::SilentInside => ignore(&mut self.accept(stream).await?).await,
            Script::Late => {
                /// Longer than the product waits, shorter than a check does.
                const LATE: Duration = Duration::from_secs(9);
                let stream = self.accept(stream).await?;
                tokio::time::sleep(LATE).await;
                dialogue::Imap::USUAL.talk(stream).await
            }
            Script::Imap(imap) => imap.talk(self.accept(stream).await?).await,
            Script::Smtp(smtp) => smtp.talk(self.accept(stream).await?).await,
            Script::Http(web) => web.talk(stream).await,
            Script::Https(web) => web.talk(self.accept(stream).await?).await,
            Script::DyingSasl => dialogue::die_at_sign_in(&mut stream).await,
            Script::IssuerOverHttp => dialogue::serve(&mut stream, &self.props.issuer).await,
            Script::RevocationListOverHttp => dialogue::serve(&mut stream, &self.props.revocation_list).await,
        }
    }

    async fn accept(&self, stream: TcpStream) -> io::Result<BufStream<impl AsyncRead + AsyncWrite + Unpin>> {
        Ok(BufStream::new(TlsAcceptor::from(self.tls()).accept(stream).await?))
    }

    async fn refuse_server_name(&self, stream: TcpStream) -> io::Result<()> {
        let mut start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        if start.client_hello().server_name().is_some() {
            // One record: alert, TLS 1.2, two bytes: fatal, unrecognized_name.
            const ALERT: [u8; 7] = [21, 3, 3, 0, 2, 2, 112];
            return start.io.write_all(&ALERT).await;
        }
        dialogue::Imap::USUAL.talk(BufStream::new(start.into_stream(self.tls()).await?)).await
    }

    fn tls(&self) -> Arc<ServerConfig> {
        let Files { chain, key, .. } = &self.props.files;
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(chain)
            .and_then(Iterator::collect)
            .expect("the authority writes PEM files");
        let key = PrivateKeyDer::from_pem_file(key).expect("the authority writes PEM files");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows the current versions")
            .with_no_client_auth();
        Arc::new(builder.with_single_cert(chain, key).expect("the key fits the certificate"))
    }
}

/// Takes what comes until the client leaves.
async fn ignore(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
    let mut buffer = [0; 512];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}

/// A port that answers no SYN, as behind a firewall that drops: its queue of connections is full and stays full.
pub struct Filtered {
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Filtered {
    /// Fills the queues at `addresses`; returns when a connection attempt to each goes unanswered.
    pub fn start(runtime: &tokio::runtime::Handle, addresses: &[SocketAddr]) -> Vec<Self> {
        let ports: Vec<_> = addresses.iter().map(|&address| runtime.spawn(Self::fill(address))).collect();
        ports.into_iter().map(|port| runtime.block_on(port).expect("the queue can be filled")).collect()
    }

    async fn fill(address: SocketAddr) -> Self {
        /// Long enough to see that no answer comes from this very machine.
        const UNANSWERED: Duration = Duration::from_millis(250);
        let socket = TcpSocket::new_v4().expect("sockets can be made");
        socket.bind(address).unwrap_or_else(|error| panic!("the lab can't listen at {address}: {error}"));
        let listener = socket.listen(0).expect("a bound socket can listen");
        let mut queue = Vec::new();
        while let Ok(stream) = tokio::time::timeout(UNANSWERED, TcpStream::connect(address)).await {
            queue.push(stream.expect("a port with room accepts"));
        }
        Self { _listener: listener, _queue: queue }
    }
}
