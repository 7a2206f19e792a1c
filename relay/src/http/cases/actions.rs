//! What agents do: open a case, look at it, act in it, remove it.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use error_model::case::{AgentCommand, NewCase};
use serde::Deserialize;
use serde_json::json;

use super::{Refused, auth, case_of, either, fresh, opened, read};
use crate::{agents::Role, http::relay::Relay};

/// A command with the client's own identifier.
#[derive(Deserialize)]
struct Order {
    id: String,
    #[serde(flatten)]
    command: AgentCommand,
}

/// `POST /api/v1/cases`: opens a case.
pub(in crate::http) async fn open(State(relay): State<Arc<Relay>>, http: Request) -> Response {
    let answer = async {
        let agent = auth::agent(&relay, http.method(), http.headers(), Role::Agent).await?;
        let new: NewCase = read(&relay, http).await?;
        let opened = relay.desk.open(&agent, new).await.map_err(Refused::into_response)?;
        relay.meter.case("opened");
        Ok((StatusCode::CREATED, fresh(opened)).into_response())
    };
    either(answer.await)
}

/// `GET /api/v1/cases/{case}`: the case with all its events.
pub(in crate::http) async fn show(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    either(opened(&relay, &case, &method, &headers).await.map(fresh))
}

/// `DELETE /api/v1/cases/{case}`: removes the case before its time, for leads.
pub(in crate::http) async fn remove(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        auth::agent(&relay, &method, &headers, Role::Lead).await?;
        let case = case_of(&case)?;
        relay.desk.summary(case).map_err(Refused::into_response)?;
        relay.desk.store.cases.remove(case).await.map_err(|error| Refused::from(error).into_response())?;
        relay.meter.case("removed");
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    either(answer.await)
}

/// `POST /api/v1/cases/{case}/code`: another code.
pub(in crate::http) async fn code(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        auth::agent(&relay, &method, &headers, Role::Agent).await?;
        relay.desk.new_code(case_of(&case)?).await.map(fresh).map_err(Response::from)
    };
    either(answer.await)
}

/// `POST /api/v1/cases/{case}/commands`: proposes, points, asks, notes, hands over, closes.
pub(in crate::http) async fn command(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    http: Request,
) -> Response {
    let answer = async {
        let agent = auth::agent(&relay, http.method(), http.headers(), Role::Agent).await?;
        let case = case_of(&case)?;
        let Order { id, command } = read(&relay, http).await?;
        let closes = matches!(command, AgentCommand::Close {});
        let seq = relay.desk.command(&agent, case, &id, command).await.map_err(Refused::into_response)?;
        if closes {
            relay.meter.case("closed");
        }
        Ok(fresh(json!({"seq": seq})))
    };
    either(answer.await)
}
