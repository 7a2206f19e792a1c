//! `POST /api/v1/run`: a run whose messages are the lines of the answer.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Extension, Request as HttpRequest, State},
    http::header,
    response::{IntoResponse, Response},
};
use error_model::wire::RelayMessage;
use futures::stream;
use probe::Request;

use super::{
    api::{bad_request, refuse},
    body,
    meter::RunMark,
    proof,
    relay::{Admitted, Peer, Relay},
    start,
};
use crate::{run::Run, wire};

const NDJSON: &str = "application/x-ndjson";

/// Runs what the body asks for. When the client goes, the answer is dropped, and the run with it.
pub(super) async fn run(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    http: HttpRequest,
) -> Response {
    let prepared = async {
        let origin = http.headers().get(header::ORIGIN).cloned();
        let body = body::read(&relay, http).await?;
        let text = std::str::from_utf8(&body)
            .map_err(|_| refuse(bad_request("message", "The message isn't UTF-8 text.")))?;
        let start = start::start(text).map_err(refuse)?;
        if proof::signs_in(&start.request)
            && let Some(proofs) = &relay.proofs
        {
            let origin = origin.as_ref().map_or(&[][..], |origin| origin.as_bytes());
            let manner = start::manner(text).map_err(refuse)?;
            proofs.take(&manner, &relay.tickets, origin).map_err(refuse)?;
        }
        let mut request = Request::new(*start, relay.engine.policy()).map_err(refuse)?;
        let admitted = relay.admit(client, &mut request).await.map_err(refuse)?;
        Ok::<_, Response>((request, admitted))
    };
    let (request, admitted) = match prepared.await {
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
        _admitted: admitted,
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
    _admitted: Admitted,
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
