//! The service as clients see it: the real router behind a real socket, checking real (silent or closed) servers.

mod budgets;
mod discover;
mod openapi;
mod plain;
mod proof;
mod resume;
mod several;
mod streaming;
mod websocket;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, Response, header},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tower::ServiceExt;

use super::{
    brand, egress,
    relay::{Peer, Relay},
    routes::router,
    serve::accept,
    sign_in::SignIns,
};
use crate::{
    budget::Watch,
    config::{Limits, Settings},
    engine::EngineOptions,
    store::Store,
};

/// Far more than anything here takes: a test that waits so long has failed.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A relay that may dial this machine, on the ports that a test names.
async fn relay(ports: &[u16], limits: Limits) -> Arc<Relay> {
    relay_by(&Watch::start(), ports, limits).await
}

/// The same, by a clock of the test's own.
pub(super) async fn relay_by(watch: &Watch, ports: &[u16], limits: Limits) -> Arc<Relay> {
    relay_on(watch, ports, limits, Store::in_memory().unwrap()).await
}

/// The same with this store.
async fn relay_on(watch: &Watch, ports: &[u16], limits: Limits, store: Store) -> Arc<Relay> {
    let settings = Settings {
        allow_net: vec!["127.0.0.0/8".parse().unwrap()],
        allow_port: ports.to_vec(),
        resolver: "127.0.0.1:9".parse().ok(),
        limits,
        ..Settings::default()
    };
    let engine = EngineOptions {
        policy: egress::policy(&settings).unwrap(),
        resolver: settings.resolver,
        trust_anchors: &[],
        run_limit: Duration::from_secs(settings.limits.run_seconds),
        ispdb: None,
    }
    .build()
    .unwrap();
    let sign_ins = SignIns::new(&settings, watch.clone()).unwrap();
    let address = "127.0.0.1:8080".parse().unwrap();
    let site = brand::site(&settings, address).unwrap();
    Relay::new(engine, &settings, address, watch, sign_ins, store, site).await.unwrap()
}

/// The origin that [`relay`] takes.
pub(super) const ORIGIN: &str = "http://127.0.0.1:8080";

/// One request to the router, without a socket.
pub(super) async fn ask(relay: &Arc<Relay>, mut request: Request<Body>) -> Response<Body> {
    request.extensions_mut().insert(Peer("192.0.2.1".parse().unwrap()));
    router(Arc::clone(relay)).oneshot(request).await.unwrap()
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(body: impl Into<Body>) -> Request<Body> {
    Request::post("/api/v1/run").header(header::CONTENT_TYPE, "application/json").body(body.into()).unwrap()
}

pub(super) async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// The relay behind a socket.
pub(super) async fn listening(relay: &Arc<Relay>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let relay = Arc::clone(relay);
    tokio::spawn(async move { accept(&listener, None, &relay).await });
    address
}

/// A mail server that takes a connection and never says a word.
struct Silent(TcpListener);

impl Silent {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    async fn connected(&self) -> TcpStream {
        timeout(PATIENCE, self.0.accept()).await.expect("the relay connects").unwrap().0
    }
}

/// Waits for the other side to go.
async fn closes(mut stream: TcpStream) {
    let mut rest = Vec::new();
    // An end by reset is an end too.
    let _how =
        timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("the relay lets go of the server");
}

/// A `start` for the IMAP lane.
fn start(port: u16) -> Value {
    json!({
        "type": "start",
        "request": {"imap": {"host": "127.0.0.1", "port": port, "security": "starttls"}},
        "lang": "en",
    })
}

/// A port on which nothing listens.
pub(super) async fn closed_port() -> u16 {
    Silent::new().await.port()
}
