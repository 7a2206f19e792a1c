//! The API of live triage. Agents are known by a session or a token, customers by the token that joining gave them.

mod actions;
mod agents;
mod auth;
mod checks;
mod customers;
mod export;
mod list;
mod oidc;
mod statistics;
#[cfg(test)]
mod tests;
mod watch;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use error_model::{
    case::OpenCase,
    wire::{Problem, ProblemCode},
};
use serde::de::DeserializeOwned;

use super::{
    api::{bad_request, foreign_origin, fresh, refuse, refuse_with},
    body,
    relay::Relay,
};
use crate::{agents::Role, cases::CaseId, desk::Refused, limits};

/// All routes about cases.
pub(super) fn routes() -> Router<Arc<Relay>> {
    Router::new()
        .route("/api/v1/agent", get(agents::who))
        .route("/api/v1/agent/sign-in", get(agents::session).post(agents::sign_in))
        .route("/api/v1/agent/sign-out", post(agents::sign_out))
        .route("/api/v1/agent/oidc/start", get(oidc::start))
        .route("/api/v1/agent/oidc/callback", get(oidc::callback))
        .route("/api/v1/agents", get(agents::list))
        .route("/api/v1/agents/{name}", delete(agents::remove))
        .route("/api/v1/cases", get(list::list).post(actions::open))
        .route("/api/v1/cases.csv", get(list::csv))
        .route("/api/v1/cases/{case}", get(actions::show).delete(actions::remove))
        .route("/api/v1/cases/{case}/code", post(actions::code))
        .route("/api/v1/cases/{case}/commands", post(actions::command))
        .route("/api/v1/cases/{case}/check", post(checks::check))
        .route("/api/v1/cases/{case}/export", get(export::export))
        .route("/api/v1/cases/{case}/reply", get(export::reply))
        .route("/api/v1/cases/{case}/watch", get(watch::upgrade))
        .route("/api/v1/cases/{case}/customer", post(customers::order))
        .route("/api/v1/join/{code}", get(customers::asking).post(customers::join))
        .route("/api/v1/statistics", get(statistics::statistics))
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::NoCase => refuse_with(StatusCode::NOT_FOUND, self.into_problem()),
            Self::NotYours(_) => refuse_with(StatusCode::FORBIDDEN, self.into_problem()),
            refused => refuse(refused.into_problem()),
        }
    }
}

impl From<Refused> for Response {
    fn from(refused: Refused) -> Self {
        refused.into_response()
    }
}

impl Refused {
    /// What the client is told.
    pub(super) fn into_problem(self) -> Problem {
        match self {
            Self::NoCase => bad_request("case", "There's no such case, or it's over."),
            Self::NotYours(agent) => {
                bad_request("kind", format!("Only the case's own agent, {agent}, or a lead may do this."))
            }
            Self::Problem(problem) => problem,
            Self::Failed(error) => {
                tracing::error!(error, "a case can't be read or written");
                Problem {
                    code: ProblemCode::Overloaded,
                    message: "The store of cases doesn't answer: try again.".to_owned(),
                    field: None,
                    retry_after_s: Some(limits::RETRY_AFTER_SECONDS),
                }
            }
        }
    }
}

/// The case of a path.
fn case_of(Path(case): &Path<String>) -> Result<CaseId, Refused> {
    CaseId::parse(case).ok_or(Refused::NoCase)
}

/// Reads a JSON message.
async fn read<T: DeserializeOwned>(relay: &Relay, http: Request) -> Result<T, Response> {
    let body = body::read(relay, http).await?;
    let mut json = serde_json::Deserializer::from_slice(&body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { "message" } else { &path };
        // What was found isn't repeated: it may be a token.
        let problem = if error.inner().is_data() { "is missing or of another form" } else { "isn't JSON" };
        refuse(bad_request(field, format!("`{field}` {problem}.")))
    })
}

/// A case with all its events, for an agent.
async fn opened(
    relay: &Relay,
    case: &Path<String>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<OpenCase, Response> {
    auth::agent(relay, method, headers, Role::Agent).await?;
    let case = case_of(case)?;
    let summary = relay.desk.summary(case).map_err(Refused::into_response)?;
    let events = relay.desk.store.cases.read(case, 0, limits::CASE_EVENTS + 8).await;
    Ok(OpenCase { summary, events: events.map_err(|error| Refused::from(error).into_response())? })
}

/// The one answer of a handler, whichever way it came about.
fn either(answer: Result<Response, Response>) -> Response {
    answer.unwrap_or_else(|refused| refused)
}
