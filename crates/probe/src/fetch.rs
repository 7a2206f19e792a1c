//! HTTP GET through the egress policy, for addresses that somebody else named: certificates (AIA) and mail domains
//! (autoconfig).
//!
//! Each address is parsed once, resolved once, and every one of its addresses held against the policy; https needs a
//! certificate that is in order. Redirects are followed only where the caller allows some, each one through the same
//! door. Capped in size and time.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Empty, Limited};
use hyper::{
    Request, StatusCode, Uri,
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
pub(crate) struct Allowance {
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

async fn once(engine: &Engine, url: &Url, size: usize) -> Option<Answer> {
    let usual = match url.scheme() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let port = url.port().unwrap_or(usual);
    if port != usual && !engine.policy.allows_port(port) {
        return None;
    }
    let host = Host::parse(url.host_str()?).ok()?;
    let allowed = engine.allowed_addresses(&host, port).await.ok()?;
    // A connection beside the lanes: what it meets isn't part of the evidence.
    let stream = connect(&allowed, &Pen::muted(error_model::Lane::Imap)).await?;
    if usual == 443 {
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
        .header(USER_AGENT, concat!("mailtriage/", env!("CARGO_PKG_VERSION")))
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
