//! `GET /api/v1/agent/oidc/start` and `…/callback`: agents sign in with their organisation's identity provider.
//!
//! The session's cookie is for requests of our own pages alone, and the way back from the provider is none of those. So the
//! tie of the sign-in has a cookie of its own, which browsers send with that one navigation; the answer sets the session's
//! cookie with a page of ours, and that page goes on to the console.

mod page;

use std::net::IpAddr;
use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::Lang;
use secrecy::SecretString;
use serde::Deserialize;

use super::auth;
use crate::{
    agents::AgentError,
    budget::Client,
    desk::Refused,
    http::{
        negotiate,
        relay::{Peer, Relay},
    },
    limits,
    oidc::{NoAgent, Provider, Tie},
    store::{PutError, ShelfKind, When, now_ms},
};
use page::Page;

const CALLBACK: &str = "/api/v1/agent/oidc/callback";

/// Sent with navigations from other sites too, to this host alone.
const COOKIE: &str = "__Host-mailtriage-oidc";

/// What the console adds to the address.
#[derive(Deserialize)]
pub(in crate::http) struct Wish {
    lang: Option<String>,
}

/// What the provider adds to the address (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207).
#[derive(Deserialize)]
pub(in crate::http) struct Returned {
    state: String,
    code: Option<SecretString>,
    error: Option<String>,
    error_description: Option<String>,
    iss: Option<String>,
}

/// `GET /api/v1/agent/oidc/start?lang=`: on to the provider's page.
pub(in crate::http) async fn start(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    query: Result<Query<Wish>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let asked = query.ok().and_then(|Query(wish)| Lang::parse(&wish.lang?));
    let lang = asked.unwrap_or_else(|| negotiate::language(&headers));
    let begun = async {
        let provider = relay.sign_ins.agents.as_ref().ok_or(Page::NotHere)?;
        relay.desk.take_sign_in(Client::of(client)).map_err(busy)?;
        let tie = Tie::new(lang).map_err(|error| Page::failed(&error))?;
        let redirect = format!("{}{CALLBACK}", relay.origins.home(&headers));
        let _place = place(&relay, client, provider)?;
        let page = provider.page(&relay.engine, &redirect, &tie).await?;
        Ok((page, tie))
    };
    match begun.await {
        Ok((page, tie)) => {
            let age = limits::SIGN_IN_PAGE.as_secs();
            let cookie =
                format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={age}", tie.cookie());
            let none = [(header::CACHE_CONTROL, "no-store".to_owned())];
            (StatusCode::SEE_OTHER, none, [(header::LOCATION, page), (header::SET_COOKIE, cookie)])
                .into_response()
        }
        Err(page) => Page::show(&page, lang),
    }
}

/// `GET /api/v1/agent/oidc/callback`: a session for somebody who came back from the provider, if the rule names them.
pub(in crate::http) async fn callback(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    query: Result<Query<Returned>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let tie = auth::cookie_of(&headers, COOKIE).and_then(Tie::parse);
    let lang = tie.as_ref().map_or_else(|| negotiate::language(&headers), |tie| tie.lang);
    let returned = query.ok().map(|Query(returned)| returned);
    // What another site sends here doesn't end a sign-in under way.
    let Some((tie, returned)) = tie.zip(returned).filter(|(tie, returned)| tie.state() == returned.state)
    else {
        return Page::NotBegun.show(lang);
    };
    let answer = signed_in(&relay, client, &headers, &tie, returned).await;
    let (mut response, session) = match answer {
        Ok(session) => (Page::SignedIn.show(lang), Some(auth::set_cookie(&session))),
        Err(page) => (page.show(lang), None),
    };
    let over = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0").parse().ok();
    for cookie in session.into_iter().chain(over) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn signed_in(
    relay: &Relay,
    client: IpAddr,
    headers: &HeaderMap,
    tie: &Tie,
    returned: Returned,
) -> Result<String, Page> {
    let provider = relay.sign_ins.agents.as_ref().ok_or(Page::NotHere)?;
    let until = now_ms() + i64::try_from(limits::SIGN_IN_PAGE.as_millis()).unwrap_or_default();
    let shelf = &relay.desk.store.shelf;
    match shelf.put(ShelfKind::Sessions, &tie.mark(), Vec::new(), Some(until), When::Absent).await {
        Ok(_) => {}
        Err(PutError::Changed) => return Err(Page::NotBegun),
        Err(PutError::Unavailable(error)) => return Err(Page::failed(&error)),
    }
    if returned.iss.is_some_and(|said| said != provider.issuer()) {
        return Err(NoAgent::Unusable("it is another issuer's".to_owned()).into());
    }
    let code = match (returned.code, returned.error) {
        (_, Some(error)) => {
            return Err(NoAgent::refused(&error, returned.error_description.as_deref()).into());
        }
        (Some(code), None) => code,
        (None, None) => return Err(NoAgent::Unusable("there is no code".to_owned()).into()),
    };
    let _place = place(relay, client, provider)?;
    let redirect = format!("{}{CALLBACK}", relay.origins.home(headers));
    let vouched = provider.redeem(&relay.engine, &redirect, tie, &code).await?;
    let person = provider.person(&vouched);
    match relay.desk.agents.begin_vouched(person, vouched.role, &vouched.names).await {
        Ok((_, session)) => Ok(session),
        Err(error @ (AgentError::Taken(_) | AgentError::Name(_))) => Err(Page::Named(error.to_string())),
        Err(error) => Err(Page::failed(&error)),
    }
}

/// The provider is asked: that dials, so it counts as a look-up does.
fn place(relay: &Relay, client: IpAddr, provider: &Provider) -> Result<impl Sized + use<>, Page> {
    let permit = relay.admission.admit(client).map_err(|problem| Page::Busy(problem.retry_after_s))?;
    let taken = relay.budgets.take_look_up(client, &provider.name());
    taken.map(|()| permit).map_err(|problem| Page::Busy(problem.retry_after_s))
}

fn busy(refused: Refused) -> Page {
    Page::Busy(refused.into_problem().retry_after_s)
}
