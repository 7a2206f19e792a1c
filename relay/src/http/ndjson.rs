//! `POST /api/v1/run`: a run whose messages are the lines of the answer.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Extension, Request as HttpRequest, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::wire::{Problem, ProblemCode, RelayMessage};
use futures::stream;
use probe::Request;
use tokio::time::timeout;

use super::{
    admission::Permit,
    api::{bad_request, refuse, refuse_with},
    meter::RunMark,
    relay::{Peer, Relay},
    start,
};
use crate::{limits, run::Run, wire};

const NDJSON: &str = "application/x-ndjson";

/// Runs what the body asks for. When the client goes, the answer is dropped, and the run with it.
pub(super) async fn run(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    http: HttpRequest,
) -> Response {
    let prepared = async {
        let body = body(&relay, http).await?;
        let text = std::str::from_utf8(&body)
            .map_err(|_| refuse(bad_request("message", "The message isn't UTF-8 text.")))?;
        let start = start::start(text).map_err(refuse)?;
        let request = Request::new(*start, relay.engine.policy()).map_err(refuse)?;
        let permit = relay.admission.admit(client).map_err(refuse)?;
        Ok::<_, Response>((request, permit))
    };
    let (request, permit) = match prepared.await {
        Ok(prepared) => prepared,
        Err(refused) => {
            relay.meter.refused();
            return refused;
        }
    };
    let lines = Lines {
        hello: Some(relay.hello()),
        run: Run::new(Arc::clone(&relay.engine), request),
        mark: relay.meter.run(),
        _permit: permit,
    };
    let body = Body::from_stream(stream::unfold(lines, |mut lines| async {
        let line = lines.next().await?;
        Some((line, lines))
    }));
    ([(header::CONTENT_TYPE, NDJSON), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// The run of one answer.
struct Lines {
    hello: Option<RelayMessage>,
    run: Run,
    mark: RunMark,
    _permit: Permit,
}

impl Lines {
    async fn next(&mut self) -> Option<serde_json::Result<String>> {
        let message = match self.hello.take() {
            Some(hello) => hello,
            None => self.run.next().await?,
        };
        self.mark.saw(&message);
        Some(wire::encode(&message).map(|line| line + "\n"))
    }
}

/// The body, once the head of the request is in order.
async fn body(relay: &Relay, http: HttpRequest) -> Result<Bytes, Response> {
    if relay.origins.check_optional(http.headers()).is_err() {
        let problem = bad_request("origin", "Pages of this origin may not use the relay.");
        return Err(refuse_with(StatusCode::FORBIDDEN, problem));
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

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
