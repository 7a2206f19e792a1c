//! Accepts connections until the process is asked to stop, then lets what runs come to its end.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::{
    brand, egress,
    relay::{Peer, Relay},
    routes::router,
    sign_in::SignIns,
    signals::{self, Stop},
    tls::OwnCertificate,
};
use crate::{
    budget::Watch,
    cli::{Exit, Refusal},
    config::{Settings, StoreAddress},
    engine::EngineOptions,
    limits,
    store::Store,
};

/// Runs the service with these settings until it is asked to stop.
///
/// # Errors
/// A [`Refusal`] where a setting can't be used or the address can't be listened on.
pub async fn serve(settings: &Settings) -> Result<Exit, Refusal> {
    let engine = EngineOptions {
        policy: egress::policy(settings).map_err(Refusal::failure)?,
        resolver: settings.resolver,
        trust_anchors: &settings.trust_anchors,
        run_limit: Duration::from_secs(settings.limits.run_seconds),
        ispdb: settings.ispdb.as_ref(),
    }
    .build()
    .map_err(Refusal::usage)?;
    let listen = settings.listen;
    let unusable = |error: io::Error| Refusal::failure(format_args!("listen = {listen}: {error}"));
    let listener = TcpListener::bind(listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    let certificate = settings.tls.as_ref().map(OwnCertificate::read).transpose().map_err(Refusal::usage)?;
    let tls = certificate.as_ref().map(OwnCertificate::acceptor).transpose().map_err(Refusal::usage)?;
    let watch = Watch::start();
    let sign_ins = SignIns::new(settings, watch.clone()).map_err(Refusal::usage)?;
    let site = brand::site(settings, address).map_err(Refusal::usage)?;
    let store = store(settings).await?;
    let relay = Relay::new(engine, settings, address, &watch, sign_ins, store, site)
        .await
        .map_err(Refusal::failure)?;
    let (mut asked_to_stop, mut asked_to_reload) =
        signals::listen().map_err(|error| Refusal::failure(format_args!("signals: {error}")))?;
    egress::warn_of_openings(settings);
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(scheme, address).map_err(|error| Refusal::failure(format_args!("standard output: {error}")))?;

    tokio::select! {
        () = accept(&listener, tls.as_ref(), &relay) => {}
        () = relay.desk.expire() => {}
        () = asked_to_reload.each(|| reload(certificate.as_deref())) => {}
        () = asked_to_stop.asked() => {}
    }
    drop(listener);
    stop(&relay, settings, &mut asked_to_stop).await;
    Ok(Exit::Passed)
}

/// The store of the settings. Without one the usual file is used where somebody has made it, with `mailtriage agent add`;
/// until then nobody can sign in, and there's nothing to keep.
async fn store(settings: &Settings) -> Result<Store, Refusal> {
    if let Some(address) = &settings.store {
        return Store::open(address, settings, true).await.map_err(Refusal::failure);
    }
    let usual = StoreAddress::default_for(|name| std::env::var(name).ok());
    let StoreAddress::Sqlite(path) = &usual else { return Store::in_memory().map_err(Refusal::failure) };
    if !path.is_file() {
        return Store::in_memory().map_err(Refusal::failure);
    }
    Store::open(&usual, settings, true).await.map_err(Refusal::failure)
}

/// Reads the relay's own certificate again, and says what came of it.
fn reload(certificate: Option<&OwnCertificate>) {
    match certificate.map(OwnCertificate::reload) {
        Some(Ok(())) => tracing::info!("the certificate was read again"),
        Some(Err(error)) => {
            tracing::error!(%error, "the certificate in use stays: the new one can't be used")
        }
        None => tracing::info!("there is no certificate to read again"),
    }
}

/// Tells people, and programs that asked for any free port, where the service is.
fn announce(scheme: &str, address: SocketAddr) -> io::Result<()> {
    tracing::info!(%address, "listening");
    let mut out = io::stdout().lock();
    writeln!(out, "listening on {scheme}://{address}/")?;
    out.flush()
}

/// Accepts connections for ever.
pub(super) async fn accept(listener: &TcpListener, tls: Option<&TlsAcceptor>, relay: &Arc<Relay>) {
    let app = router(Arc::clone(relay));
    let room = Arc::new(Semaphore::new(limits::CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, peer)) => {
                let (app, tls, stopping) = (app.clone(), tls.cloned(), relay.stopping.clone());
                relay.open.spawn(async move {
                    connection(stream, tls, Peer(peer.ip()), app, stopping).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: trying again at once would only burn the processor.
                tracing::warn!(%error, "a connection can't be accepted");
                sleep(limits::ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    peer: Peer,
    app: Router,
    stopping: CancellationToken,
) {
    // Messages of a run are small, and each is worth showing at once.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let Some(tls) = tls else { return speak_http(stream, peer, app, stopping).await };
    // A handshake that fails or dawdles is the client's business.
    if let Ok(Ok(stream)) = timeout(limits::HANDSHAKE, tls.accept(stream)).await {
        speak_http(stream, peer, app, stopping).await;
    }
}

async fn speak_http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    app: Router,
    stopping: CancellationToken,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let app = app.clone();
        async move { Ok::<_, Infallible>(answer(app, request.map(Body::new)).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::REQUEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut served = pin!(served);
    // How a connection ends is the client's business.
    tokio::select! {
        _ended = served.as_mut() => {}
        () = stopping.cancelled() => {
            served.as_mut().graceful_shutdown();
            let _ended = served.await;
        }
    }
}

async fn answer(app: Router, request: Request) -> axum::response::Response {
    let Ok(response) = app.oneshot(request).await;
    response
}

/// No new work; runs under way may end, within the limit of a run. Who asks a second time doesn't want to wait.
async fn stop(relay: &Relay, settings: &Settings, asked_again: &mut Stop) {
    tracing::info!("stopping: no new work, runs under way may end");
    relay.stopping.cancel();
    relay.open.close();
    let limit = Duration::from_secs(settings.limits.run_seconds) + limits::SHUTDOWN_MARGIN;
    let in_time = tokio::select! {
        ended = timeout(limit, relay.open.wait()) => ended.is_ok(),
        () = asked_again.asked() => false,
    };
    tracing::info!(in_time, "stopped");
}
