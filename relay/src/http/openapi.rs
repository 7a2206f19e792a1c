//! `GET /api/openapi.json`: what the relay answers, for programs that read that. `tests/openapi.rs` holds it to the truth.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Written by hand: the types are many, pure, and for the page too, which shouldn't pay for schemas.
pub(super) const DOCUMENT: &str = include_str!("../../openapi.json");

/// The document.
pub(super) async fn document() -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], DOCUMENT)
        .into_response()
}
