//! The body of a request that brings one JSON message.

use std::{error::Error, iter::successors};

use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use error_model::wire::{Problem, ProblemCode};
use tokio::time::timeout;

use super::{
    api::{bad_request, foreign_origin, refuse, refuse_with},
    relay::Relay,
};
use crate::limits;

/// The body, once the head of the request is in order. The error is the answer.
pub(super) async fn read(relay: &Relay, http: Request) -> Result<Bytes, Response> {
    if relay.origins.check_optional(http.headers()).is_err() {
        return Err(foreign_origin());
    }
    // A form of a foreign page can't send this type without asking first.
    if !is_json(http.headers()) {
        let problem = bad_request("content-type", "`content-type` must be application/json.");
        return Err(refuse_with(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
    }
    let reading = to_bytes(http.into_body(), limits::MESSAGE_BYTES);
    match timeout(limits::REQUEST_BODY, reading).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => {
            let most = limits::MESSAGE_BYTES;
            let problem = bad_request("message", format!("The message is longer than {most} bytes."));
            Err(refuse_with(StatusCode::PAYLOAD_TOO_LARGE, problem))
        }
        Err(_) => Err(refuse(Problem {
            code: ProblemCode::Timeout,
            message: "The message didn't arrive in time.".to_owned(),
            field: Some("message".to_owned()),
            retry_after_s: None,
        })),
    }
}

/// Whether a WebSocket's message is over the limit. axum says so in words only.
pub(super) fn is_too_long(error: &axum::Error) -> bool {
    let first: &(dyn Error + 'static) = error;
    successors(Some(first), |&error| error.source())
        .any(|error| error.to_string().starts_with("Space limit exceeded"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
