//! Fetches the issuer that a server forgot, from the address in its own certificate (RFC 5280 §4.2.2.1).
//!
//! The address is the certificate's word, so it goes through the same door as everything else: parsed once, resolved
//! once, every address held against the egress policy, no redirect, capped in size and time. Port 80 only.

use std::time::Duration;

use error_model::evidence::CertificateFault;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1,
    header::{CONNECTION, HOST},
};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::{certificate::issuer_addresses, connect::connect, engine::Engine, host::Host, record::Pen};

/// The whole fetch.
const LIMIT: Duration = Duration::from_secs(4);
/// The largest answer: certificates have a few kilobytes.
const SIZE: usize = 64 * 1024;
/// Links followed upwards.
const LINKS: usize = 2;

/// Whether an issuer could change the verdict.
pub(crate) fn could_help(faults: &[CertificateFault]) -> bool {
    faults.iter().any(|fault| {
        matches!(fault, CertificateFault::ChainIncomplete { .. } | CertificateFault::UnknownAuthority { .. })
    })
}

/// The issuers above the chain, as far as they can be fetched; empty where they can't.
pub(crate) async fn fetch(engine: &Engine, chain: &[CertificateDer<'_>]) -> Vec<CertificateDer<'static>> {
    let mut fetched: Vec<CertificateDer<'static>> = Vec::new();
    // The missing link is usually the leaf's issuer; where the server sent part of the line, it's further up.
    let mut below: Vec<CertificateDer<'static>> = chain.iter().map(|c| c.clone().into_owned()).collect();
    for _ in 0..LINKS {
        let mut found = None;
        for address in below.iter().flat_map(issuer_addresses) {
            if let Ok(Some(issuer)) = timeout(LIMIT, get(engine, &address)).await {
                found = Some(issuer);
                break;
            }
        }
        let Some(issuer) = found.filter(|issuer| !fetched.contains(issuer) && !below.contains(issuer)) else {
            break;
        };
        below = vec![issuer.clone()];
        fetched.push(issuer);
    }
    fetched
}

async fn get(engine: &Engine, address: &str) -> Option<CertificateDer<'static>> {
    let url = url::Url::parse(address).ok()?;
    let port = url
        .port_or_known_default()
        .filter(|port| url.scheme() == "http" && engine.allows_http_port(*port))?;
    let host = Host::parse(url.host_str()?).ok()?;
    let allowed = engine.allowed_addresses(&host, port).await.ok()?;
    // A connection beside the lanes: what it meets isn't part of the evidence.
    let stream = connect(&allowed, &Pen::muted(error_model::Lane::Imap)).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let request = Request::get(url.path())
        .header(HOST, host.to_string())
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .ok()?;
    let exchange = async move {
        let response = sender.send_request(request).await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        Limited::new(response.into_body(), SIZE).collect().await.ok()
    };
    // The connection is driven here, not in a task of its own: dropping the run drops it too.
    let (body, _ended) = futures::join!(exchange, connection);
    let body = body?;
    let der = CertificateDer::from(body.to_bytes().to_vec());
    crate::certificate::describe(&der).map(|_| der)
}
