//! Accepts connections until the process is asked to stop, then lets what runs come to its end.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    signal,
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::{
    relay::{Peer, Relay},
    routes::router,
    tls,
};
use crate::{
    cli::{Exit, Refusal},
    config::Settings,
    engine::EngineOptions,
    limits,
};

/// Runs the service with these settings until it is asked to stop.
///
/// # Errors
/// A [`Refusal`] where a setting can't be used or the address can't be listened on.
pub async fn serve(settings: &Settings) -> Result<Exit, Refusal> {
    let engine = EngineOptions {
        allow_net: &settings.allow_net,
        allow_port: &settings.allow_port,
        resolver: settings.resolver,
        trust_anchors: &settings.trust_anchors,
        run_limit: std::time::Duration::from_secs(settings.limits.run_seconds),
    }
    .build()
    .map_err(Refusal::usage)?;
    let listen = settings.listen;
    let unusable = |error: io::Error| Refusal::failure(format_args!("listen = {listen}: {error}"));
    let listener = TcpListener::bind(listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    let tls = settings.tls.as_ref().map(tls::acceptor).transpose().map_err(Refusal::usage)?;
    let relay = Relay::new(engine, settings, address);
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(scheme, address).map_err(|error| Refusal::failure(format_args!("standard output: {error}")))?;

    tokio::select! {
        () = accept(&listener, tls.as_ref(), &relay) => {}
        () = asked_to_stop() => {}
    }
    drop(listener);
    stop(&relay).await;
    Ok(Exit::Passed)
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

/// Ends when a person or the system asks the process to stop.
async fn asked_to_stop() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut asked) => {
                asked.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// No new work; runs under way may end, within a limit.
async fn stop(relay: &Relay) {
    relay.stopping.cancel();
    relay.open.close();
    let ended = timeout(limits::SHUTDOWN, relay.open.wait()).await;
    tracing::info!(in_time = ended.is_ok(), "stopped");
}
