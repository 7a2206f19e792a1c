//! `POST /api/v1/discover`: the settings for an address, each with its source.
//!
//! A POST, because an address in a query would end up in the logs of every proxy on the way. What is asked and what is
//! answered isn't logged here either, and nobody keeps it.

use std::sync::Arc;

use axum::{
    extract::{Extension, Request, State},
    response::Response,
};
use serde::Deserialize;

use super::{
    api::{bad_request, fresh, refuse},
    body,
    relay::{Peer, Relay},
};

/// The message that asks.
#[derive(Deserialize)]
struct Question {
    email: String,
}

/// Looks the settings up. When the client goes, the answer is dropped, and the look-up with it.
pub(super) async fn discover(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    http: Request,
) -> Response {
    let answer = async {
        let body = body::read(&relay, http).await?;
        let Question { email }: Question = serde_json::from_slice(&body).map_err(|_| {
            refuse(bad_request("message", "The message must be a JSON object with a text `email`."))
        })?;
        // Look-ups dial, so they count as runs do.
        let _permit = relay.admission.admit(client).map_err(refuse)?;
        relay.budgets.take_look_up(client, &email).map_err(refuse)?;
        relay.engine.discover(&email).await.map_err(|error| refuse(bad_request("email", error.to_string())))
    };
    match answer.await {
        Ok(found) => fresh(found),
        Err(refused) => refused,
    }
}
