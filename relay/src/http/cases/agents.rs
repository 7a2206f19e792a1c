//! Signing in and out, and who may.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::wire::RelayMessage;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Refused, auth, bad_request, either, foreign_origin, fresh, read, refuse, refuse_with};
use crate::{
    agents::{AgentError, Role},
    budget::Client,
    http::relay::{Peer, Relay},
};

/// The message that signs in.
#[derive(Deserialize)]
struct SignIn {
    token: String,
    /// The page holds the session itself: in a frame of another site's page it gets no cookie.
    #[serde(default)]
    bearer: bool,
}

/// The answer to somebody who isn't signed in, with the other way of doing so.
#[derive(Serialize)]
struct Stranger {
    #[serde(flatten)]
    problem: RelayMessage,
    oidc: Offered,
}

/// The identity provider, for a button.
#[derive(Serialize)]
struct Offered {
    name: String,
}

fn offered(relay: &Relay) -> Option<Offered> {
    relay.sign_ins.agents.as_ref().map(|provider| Offered { name: provider.name() })
}

/// `GET /api/v1/agent`: who is signed in; strangers learn whether there is an identity provider.
pub(in crate::http) async fn who(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let refused = match auth::agent(&relay, &method, &headers, Role::Agent).await {
        Ok(agent) => return fresh(agent),
        Err(refused) => refused,
    };
    match offered(&relay) {
        Some(oidc) if refused.status() == StatusCode::UNAUTHORIZED => {
            let problem = RelayMessage::Problem(auth::unknown());
            (StatusCode::UNAUTHORIZED, fresh(Stranger { problem, oidc })).into_response()
        }
        _ => refused,
    }
}

/// `GET /api/v1/agent/sign-in`: for pages, who is signed in, where anybody is. A stranger is no failure here.
pub(in crate::http) async fn session(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let agent = match auth::agent(&relay, &method, &headers, Role::Agent).await {
        Ok(agent) => Some(agent),
        Err(refused) if refused.status() == StatusCode::UNAUTHORIZED => None,
        Err(refused) => return refused,
    };
    fresh(json!({"agent": agent, "oidc": offered(&relay)}))
}

/// `POST /api/v1/agent/sign-in`: a session for a token.
pub(in crate::http) async fn sign_in(
    State(relay): State<Arc<Relay>>,
    axum::Extension(Peer(client)): axum::Extension<Peer>,
    http: Request,
) -> Response {
    let answer = async {
        if relay.origins.check_required(http.headers()).is_err() {
            return Err(foreign_origin());
        }
        relay.desk.take_sign_in(Client::of(client)).map_err(Refused::into_response)?;
        let SignIn { token, bearer } = read(&relay, http).await?;
        match relay.desk.agents.begin(token.trim()).await {
            Ok(Some(session)) if bearer => Ok(fresh(json!({"session": session}))),
            Ok(Some(session)) => {
                Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, auth::set_cookie(&session))])
                    .into_response())
            }
            Ok(None) => {
                let problem = bad_request("token", "No agent has this token: it may have been removed.");
                Err(refuse_with(StatusCode::UNAUTHORIZED, problem))
            }
            Err(AgentError::Unavailable(error)) => Err(Refused::from(error).into_response()),
            Err(error) => Err(Refused::Failed(error.to_string()).into_response()),
        }
    };
    either(answer.await)
}

/// `POST /api/v1/agent/sign-out`: ends the session.
pub(in crate::http) async fn sign_out(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        auth::agent(&relay, &method, &headers, Role::Agent).await?;
        for session in auth::bearer(&headers).into_iter().chain(auth::cookie(&headers)) {
            relay.desk.agents.end(session).await.map_err(|error| Refused::from(error).into_response())?;
        }
        Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, auth::set_cookie(""))]).into_response())
    };
    either(answer.await)
}

/// `GET /api/v1/agents`: everybody with a token, for leads.
pub(in crate::http) async fn list(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        auth::agent(&relay, &method, &headers, Role::Lead).await?;
        relay.desk.agents.list().await.map(fresh).map_err(|error| Refused::from(error).into_response())
    };
    either(answer.await)
}

/// `DELETE /api/v1/agents/{name}`: takes somebody's token and sessions away.
pub(in crate::http) async fn remove(
    State(relay): State<Arc<Relay>>,
    Path(name): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        auth::agent(&relay, &method, &headers, Role::Lead).await?;
        match relay.desk.agents.remove(&name).await {
            Ok(true) => Ok(StatusCode::NO_CONTENT.into_response()),
            Ok(false) => Err(refuse(bad_request("name", "There's no agent of this name."))),
            Err(error) => Err(Refused::from(error).into_response()),
        }
    };
    either(answer.await)
}
