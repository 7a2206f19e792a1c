//! For whoever operates the relay: is it alive, does it take work, what does it do.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::relay::Relay;

/// The media type of the OpenMetrics text form.
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// New work is welcome; not once the relay was asked to stop, so that a load balancer goes elsewhere.
pub(super) async fn readyz(State(relay): State<Arc<Relay>>) -> (StatusCode, &'static str) {
    if relay.stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}

/// Every counter.
pub(super) async fn metrics(State(relay): State<Arc<Relay>>) -> Response {
    match relay.meter.text() {
        Ok(text) => ([(header::CONTENT_TYPE, METRICS)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics can't be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
