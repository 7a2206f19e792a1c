//! Who asks: an agent's session, in a cookie or held by a page, or an agent's token, for programs.

use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use error_model::wire::Problem;

use super::{Refused, bad_request, foreign_origin, refuse_with};
use crate::{
    agents::{Agent, Role, SESSION},
    http::relay::Relay,
};

/// The browser sends it over HTTPS only (or to this machine), to this host only, for requests of its own pages only.
const COOKIE: &str = "__Host-mailtriage";

/// The agent who asks, with at least this role.
///
/// # Errors
/// The answer to a stranger: 401; to an agent without the role, or a page of a foreign origin: 403.
pub(super) async fn agent(
    relay: &Relay,
    method: &Method,
    headers: &HeaderMap,
    role: Role,
) -> Result<Agent, Response> {
    let agents = &relay.desk.agents;
    let found = match (bearer(headers), cookie(headers)) {
        // A program's token, or the session of a page that has no cookies.
        (Some(bearer), _) => match agents.by_token(bearer).await {
            Ok(None) => agents.by_session(bearer).await,
            found => found,
        },
        (None, Some(session)) => {
            // The browser adds the cookie to whatever sends a request: that must be one of our pages.
            let reads = matches!(*method, Method::GET | Method::HEAD);
            let origin = if reads {
                relay.origins.check_optional(headers)
            } else {
                relay.origins.check_required(headers).map(drop)
            };
            if origin.is_err() {
                return Err(foreign_origin());
            }
            agents.by_session(session).await
        }
        (None, None) => Ok(None),
    };
    match found.map_err(|error| Refused::from(error).into_response())? {
        Some(agent) if agent.role >= role => Ok(agent),
        Some(_) => {
            let problem = bad_request("role", "Only a lead may do this.");
            Err(refuse_with(StatusCode::FORBIDDEN, problem))
        }
        None => Err(stranger()),
    }
}

/// The answer to somebody who isn't signed in.
pub(super) fn stranger() -> Response {
    refuse_with(StatusCode::UNAUTHORIZED, unknown())
}

/// What somebody is told who isn't signed in.
pub(super) fn unknown() -> Problem {
    bad_request("session", "Sign in first: with the token of `mailtriage agent add NAME`.")
}

/// The session's cookie, where there is exactly one.
pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    cookie_of(headers, COOKIE)
}

/// The value of the cookie of this name, where there is exactly one.
pub(super) fn cookie_of<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut values = pairs.flat_map(|value| value.split(';')).filter_map(|pair| {
        pair.trim().split_once('=').filter(|(found, _)| *found == name).map(|(_, value)| value)
    });
    values.next().filter(|_| values.next().is_none())
}

/// The header that begins a session, or ends it where it's empty.
pub(super) fn set_cookie(session: &str) -> HeaderValue {
    let age = if session.is_empty() { 0 } else { SESSION.as_secs() };
    let cookie = format!("{COOKIE}={session}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}");
    // Digits and letters only.
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}

/// What a request has instead of a cookie.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}
