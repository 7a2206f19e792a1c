//! `/apps/zendesk` and `/apps/desk`: the app beside a ticket, in a frame of the agents' help desk.
//!
//! A frame of another site's page has no cookie of ours (`SameSite=Strict`, and browsers block those of third parties anyway).
//! So the app's session is a bearer that its page holds: of Zendesk's agents because Zendesk signed the request for the page,
//! of others because they signed in within the app.

use std::sync::Arc;
use std::time::Duration;

use axum::{
    body::to_bytes,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::{Lang, Str, strings::desk_app};
use serde::Deserialize;
use tokio::time::timeout;
use url::form_urlencoded;

use super::{
    assets, headers,
    negotiate::{Encoding, language},
    relay::Relay,
    site::escape_html,
};
use crate::{
    agents::{AgentError, Person, Role},
    config::Settings,
    limits,
    zendesk::{Colleague, Zendesk},
};

/// Where Zendesk has the script that every app must load from there.
const SDK: &str = "https://static.zdassets.com";
/// Whose pages frame an app of Zendesk.
const ZENDESK: &str = "https://*.zendesk.com";

/// The places in the prerendered pages for what only the relay knows.
const SESSION: &str = "data-session=\"\"";
const ORIGINS: &str = "data-origins=\"\"";

/// Who may have the app in a frame.
pub(super) struct Apps {
    zendesk: HeaderValue,
    desk: HeaderValue,
    origins: String,
}

impl Apps {
    pub fn new(settings: &Settings) -> Self {
        let origins: Vec<&str> = settings.desk_app.origins.iter().map(|origin| origin.as_str()).collect();
        let origins = origins.join(" ");
        Self { zendesk: policy(&format!("'self' {SDK}"), ZENDESK), desk: policy("'self'", &origins), origins }
    }
}

/// The policy of the pages, with these scripts and these parents.
fn policy(scripts: &str, parents: &str) -> HeaderValue {
    headers::policy(&[
        ("script-src 'self' 'wasm-unsafe-eval'", &format!("script-src {scripts}")),
        ("frame-ancestors 'none'", &format!("frame-ancestors {parents}")),
    ])
}

/// What the address may ask for.
#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

/// `GET /apps/desk?lang=`: the app for any help desk that the operator named.
pub(super) async fn desk(
    State(relay): State<Arc<Relay>>,
    query: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    if relay.apps.origins.is_empty() {
        return assets::not_found(&relay.site, headers);
    }
    let asked = query.ok().and_then(|Query(wish)| Lang::parse(&wish.lang?));
    let lang = asked.unwrap_or_else(|| language(&headers));
    let origins = format!("data-origins=\"{}\"", escape_html(&relay.apps.origins));
    page(&relay, "desk", lang, (ORIGINS, &origins), &relay.apps.desk)
}

/// `GET /apps/zendesk`: somebody opened it by hand.
pub(super) async fn unsigned(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    match relay.sign_ins.zendesk {
        Some(_) => refused(StatusCode::FORBIDDEN, desk_app::NOT_SIGNED, language(&headers)),
        None => assets::not_found(&relay.site, headers),
    }
}

/// `POST /apps/zendesk`: the app for one ticket, with a session for the agent whom Zendesk's token names.
pub(super) async fn zendesk(State(relay): State<Arc<Relay>>, http: Request) -> Response {
    let headers = http.headers().clone();
    let lang = language(&headers);
    let Some(zendesk) = &relay.sign_ins.zendesk else { return assets::not_found(&relay.site, headers) };
    let Some(colleague) = signed(zendesk, http).await else {
        return refused(StatusCode::FORBIDDEN, desk_app::NOT_SIGNED, lang);
    };
    let Colleague { issuer, subject, name } = &colleague;
    let person = Person { issuer, subject };
    let names = std::slice::from_ref(name);
    match relay.desk.agents.begin_vouched_for(person, Role::Agent, names, limits::APP_SESSION).await {
        Ok((_, session)) => {
            // Digits and letters only.
            let session = format!("data-session=\"{session}\"");
            page(&relay, "zendesk", lang, (SESSION, &session), &relay.apps.zendesk)
        }
        Err(AgentError::Taken(_) | AgentError::Name(_)) => {
            refused(StatusCode::FORBIDDEN, desk_app::NAME_TAKEN, lang)
        }
        Err(error) => {
            tracing::error!(%error, "a session of the app can't be kept");
            refused(StatusCode::SERVICE_UNAVAILABLE, desk_app::AWAY, lang)
        }
    }
}

/// Who the form's token names; the log has why not.
async fn signed(zendesk: &Zendesk, http: Request) -> Option<Colleague> {
    const SOON: Duration = limits::REQUEST_BODY;
    let body = timeout(SOON, to_bytes(http.into_body(), limits::MESSAGE_BYTES)).await.ok()?.ok()?;
    let token = form_urlencoded::parse(&body).find(|(name, _)| name == "token").map(|(_, token)| token);
    let found = zendesk.colleague(&token.unwrap_or_default());
    found.inspect_err(|error| tracing::warn!(%error, "a request for the Zendesk app is refused")).ok()
}

/// A prerendered page with a value in its place. Nobody keeps it.
fn page(
    relay: &Relay,
    which: &str,
    lang: Lang,
    (place, value): (&str, &str),
    policy: &HeaderValue,
) -> Response {
    let path = format!("apps/{which}.{}.html", lang.as_str());
    let copy = relay.site.copy(&path, Encoding::Identity);
    let html = copy.and_then(|copy| String::from_utf8(copy.body.to_vec()).ok());
    let Some(html) = html else { return assets::not_found(&relay.site, HeaderMap::new()) };
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (kind, html.replacen(place, value, 1)).into_response();
    let kept = response.headers_mut();
    kept.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    kept.insert(header::VARY, HeaderValue::from_static("accept-language"));
    kept.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

/// A line for people, which a frame may show too: there's nothing in it.
fn refused(status: StatusCode, said: Str, lang: Lang) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head><body><main><h1>{title}</h1><p>{}</p></main></body></html>",
        lang.as_str(),
        said.get(lang),
        title = desk_app::TITLE.get(lang),
    );
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, kind, html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy("'none'", ZENDESK));
    response
}
