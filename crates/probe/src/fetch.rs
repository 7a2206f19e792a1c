//! HTTP GET through the egress policy, for addresses that somebody else named: certificates (AIA) and mail domains
//! (autoconfig).
//!
//! Each address is parsed once, resolved once, and every one of its addresses held against the policy; https needs a
//! certificate that is in order. Redirects are followed only where the caller allows some, each one through the same
//! door. Capped in size and time.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Empty, Full, Limited};
use hyper::{
    Request, Response, StatusCode, Uri,
    body::Bytes,
    client::conn::http1,
    header::{CONNECTION, HOST, LOCATION, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::ServerName},
};
use url::Url;

use crate::{connect::connect, engine::Engine, host::Host, record::Pen};

/// What one fetch may cost.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// The whole fetch, redirects included.
    pub time: Duration,
    /// The largest answer, bytes.
    pub size: usize,
    /// Redirects followed.
    pub redirects: u8,
}

/// The body of a successful answer; `None` for everything else, whatever the reason.
pub(crate) async fn get(engine: &Engine, address: &str, allowance: Allowance) -> Option<Bytes> {
    let follow = async {
        let mut url = Url::parse(address).ok()?;
        for _ in 0..=allowance.redirects {
            match once(engine, &url, allowance.size).await? {
                Answer::Body(body) => return Some(body),
                // Never from https down to http.
                Answer::Elsewhere(next) if url.scheme() == "https" && next.scheme() != "https" => {
                    return None;
                }
                Answer::Elsewhere(next) => url = next,
            }
        }
        None
    };
    timeout(allowance.time, follow).await.ok().flatten()
}

enum Answer {
    Body(Bytes),
    Elsewhere(Url),
}

/// Why a call got no answer. Nothing that was sent or heard is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The address isn't https, or may not be dialled.
    #[error("the address can't be called from here")]
    NotAllowed,
    /// No connection, or none that is in order, within the time allowed.
    #[error("there was no answer")]
    NoAnswer,
}

impl Engine {
    /// Sends an HTTPS request through the egress policy and gives the answer, whatever its status. Redirects aren't
    /// followed. The request's own headers are sent besides `Host`, `User-Agent` and `Connection`.
    ///
    /// # Errors
    /// A [`CallError`] where there is no answer, or a longer one than `allowance` has.
    pub async fn call(
        &self,
        request: Request<Vec<u8>>,
        allowance: Allowance,
    ) -> Result<Response<Vec<u8>>, CallError> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| CallError::NotAllowed)?;
        if url.scheme() != "https" {
            return Err(CallError::NotAllowed);
        }
        let answer = async {
            let Some((stream, host)) = reach(self, &url).await else { return Err(CallError::NotAllowed) };
            let stream = tls(self, stream, &host).await.ok_or(CallError::NoAnswer)?;
            send(stream, &url, request, allowance.size).await.ok_or(CallError::NoAnswer)
        };
        timeout(allowance.time, answer).await.map_err(|_| CallError::NoAnswer)?
    }
}

/// Sends the request over an encrypted stream; the answer's body has at most `size` bytes.
async fn send<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    url: &Url,
    request: Request<Vec<u8>>,
    size: usize,
) -> Option<Response<Vec<u8>>> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let (mut head, body) = request.into_parts();
    head.uri = url[url::Position::BeforePath..url::Position::AfterQuery].parse().ok()?;
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    head.headers.insert(HOST, authority.parse().ok()?);
    head.headers.insert(USER_AGENT, USER_AGENT_VALUE.parse().ok()?);
    head.headers.insert(CONNECTION, "close".parse().ok()?);
    let asked = async move {
        let response =
            sender.send_request(Request::from_parts(head, Full::new(Bytes::from(body)))).await.ok()?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, size).collect().await.ok()?.to_bytes();
        Some(Response::from_parts(head, body.to_vec()))
    };
    // As below: nothing is spawned.
    let (answer, _ended) = futures::join!(asked, connection);
    answer
}

/// What this program calls itself.
const USER_AGENT_VALUE: &str = concat!("mailtriage/", env!("CARGO_PKG_VERSION"));

/// A TCP connection to where an address of the web leads.
async fn reach(engine: &Engine, url: &Url) -> Option<(TcpStream, Host)> {
    let usual = usual_port(url)?;
    let port = url.port().unwrap_or(usual);
    if port != usual && !engine.policy.allows_port(port) {
        return None;
    }
    let host = Host::parse(url.host_str()?).ok()?;
    let allowed = engine.allowed_addresses(&host, port).await.ok()?;
    // A connection beside the lanes: what it meets isn't part of the evidence.
    let stream = connect(&allowed, &Pen::muted(error_model::Lane::Imap)).await?;
    Some((stream, host))
}

fn usual_port(url: &Url) -> Option<u16> {
    match url.scheme() {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

async fn once(engine: &Engine, url: &Url, size: usize) -> Option<Answer> {
    let (stream, host) = reach(engine, url).await?;
    if usual_port(url) == Some(443) {
        exchange(tls(engine, stream, &host).await?, url, size).await
    } else {
        exchange(stream, url, size).await
    }
}

async fn tls(
    engine: &Engine,
    stream: TcpStream,
    host: &Host,
) -> Option<impl AsyncRead + AsyncWrite + Unpin + use<>> {
    let name = match host {
        Host::Name(name) => ServerName::try_from(name.clone()).ok()?,
        Host::Address(address) => ServerName::IpAddress((*address).into()),
    };
    let roots = RootCertStore { roots: engine.roots().to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.ok()
}

async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(stream: S, url: &Url, size: usize) -> Option<Answer> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let target: Uri = url[url::Position::BeforePath..url::Position::AfterQuery].parse().ok()?;
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let request = Request::get(target)
        .header(HOST, authority)
        .header(USER_AGENT, USER_AGENT_VALUE)
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .ok()?;
    let base = url.clone();
    let asked = async move {
        let response = sender.send_request(request).await.ok()?;
        if response.status().is_redirection() {
            let location = response.headers().get(LOCATION)?.to_str().ok()?;
            return base.join(location).ok().map(Answer::Elsewhere);
        }
        if response.status() != StatusCode::OK {
            return None;
        }
        let body = Limited::new(response.into_body(), size).collect().await.ok()?;
        Some(Answer::Body(body.to_bytes()))
    };
    // The connection is driven here, not in a task of its own: dropping the run drops it too.
    let (answer, _ended) = futures::join!(asked, connection);
    answer
}
