//! What customers do: come in with a code, act, leave.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use error_model::case::{CustomerOrder, JoinRequest};
use serde_json::json;

use super::{Refused, case_of, either, fresh, read};
use crate::{
    budget::Client,
    http::relay::{Peer, Relay},
};

/// `GET /api/v1/join/{code}`: who is asking, before anything is shared.
pub(in crate::http) async fn asking(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Response {
    if relay.origins.check_optional(&headers).is_err() {
        return Refused::NoCase.into_response();
    }
    match relay.desk.asking(Client::of(client), &code).await {
        Ok((_, asking)) => fresh(json!({"agent": asking.agent, "settings": asking.settings})),
        Err(refused) => refused.into_response(),
    }
}

/// `POST /api/v1/join/{code}`: lets a customer in who agreed.
pub(in crate::http) async fn join(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    Path(code): Path<String>,
    http: Request,
) -> Response {
    let answer = async {
        let request: JoinRequest = read(&relay, http).await?;
        let joined =
            relay.desk.join(Client::of(client), &code, request).await.map_err(Refused::into_response)?;
        relay.meter.case("joined");
        Ok(fresh(joined))
    };
    either(answer.await)
}

/// `POST /api/v1/cases/{case}/customer`: accepts, declines, shows or masks the address, leaves.
pub(in crate::http) async fn order(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    http: Request,
) -> Response {
    let answer = async {
        let case = case_of(&case)?;
        let order: CustomerOrder = read(&relay, http).await?;
        let seq = relay.desk.order(case, order).await.map_err(Refused::into_response)?;
        Ok(fresh(json!({"seq": seq})))
    };
    either(answer.await)
}
