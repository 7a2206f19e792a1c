//! Signing in at a mail service's own page: `POST /api/v1/oauth` begins, `/oauth/callback` takes the answer, and the
//! page's next run collects it.

use std::sync::Arc;

use axum::{
    extract::{Extension, Query, Request as HttpRequest, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::{
    Lang,
    wire::{Problem, ProblemCode, Start},
};
use probe::{Issued, Request};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;

use super::{
    api::{bad_request, foreign_origin, fresh, refuse},
    body,
    relay::{Peer, Relay},
};
use crate::{
    budget::Watch,
    config::Settings,
    limits,
    oauth::{Answer, Client, Collected, Granted, NoSecret, NoToken, Pending},
    oidc::Provider,
    zendesk::Zendesk,
};

/// The path of the answers; with the public origin it's what an operator registers with the issuer.
const CALLBACK: &str = "/oauth/callback";

/// Who may be asked, and the sign-ins under way.
pub(super) struct SignIns {
    clients: Vec<Arc<Client>>,
    pending: Pending,
    /// Where agents sign in.
    pub agents: Option<Provider>,
    /// Whose word the app beside Zendesk's tickets takes.
    pub zendesk: Option<Zendesk>,
}

/// What a page shows to have its answer redeemed.
#[derive(Deserialize)]
pub(super) struct Shown {
    handle: String,
    receipt: String,
}

/// A token for one run, handed back when it's dropped.
pub(super) struct Lent {
    relay: Arc<Relay>,
    back: Option<(Arc<Client>, Granted)>,
}

impl SignIns {
    pub fn new(settings: &Settings, watch: Watch) -> Result<Self, NoSecret> {
        let clients = settings.oauth.iter().cloned().map(|client| Client::new(client).map(Arc::new));
        Ok(Self {
            clients: clients.collect::<Result<_, _>>()?,
            pending: Pending::new(watch),
            agents: settings.agents.oidc.clone().map(Provider::new).transpose()?,
            zendesk: settings.zendesk.as_ref().map(Zendesk::new).transpose()?,
        })
    }
}

/// `GET /api/v1/oauth`: who may be asked, in order. The page shows no button for what isn't there.
pub(super) async fn offered(State(relay): State<Arc<Relay>>) -> Response {
    let clients = relay.sign_ins.clients.iter().map(|client| {
        let settings = client.settings();
        json!({"id": settings.id, "name": settings.name()})
    });
    fresh(json!({"providers": clients.collect::<Vec<_>>()}))
}

/// The message that begins.
#[derive(Deserialize)]
struct Wish {
    provider: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    lang: Lang,
    #[serde(default)]
    email: Option<String>,
}

/// `POST /api/v1/oauth`: the issuer's page for one of our own pages, and the handle that the answer will be collected with.
pub(super) async fn begin(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    http: HttpRequest,
) -> Response {
    let begun = async {
        let origin = relay.origins.check_required(http.headers()).cloned().map_err(|_| foreign_origin())?;
        let body = body::read(&relay, http).await?;
        let wish: Wish = serde_json::from_slice(&body).map_err(|_| {
            refuse(bad_request("message", "The message must be a JSON object with a text `provider`."))
        })?;
        relay.tickets.take(&wish.ticket, origin.as_bytes()).map_err(|_| {
            refuse(bad_request(
                "ticket",
                "A fresh `ticket` of POST /api/v1/ticket is needed; each is good once.",
            ))
        })?;
        begin_with(&relay, client, &origin, &wish).await.map_err(refuse)
    };
    match begun.await {
        Ok((url, handle)) => fresh(json!({"url": url, "handle": handle})),
        Err(refused) => refused,
    }
}

async fn begin_with(
    relay: &Relay,
    peer: std::net::IpAddr,
    origin: &HeaderValue,
    wish: &Wish,
) -> Result<(String, String), Problem> {
    let known = relay.sign_ins.clients.iter().position(|client| client.settings().id == wish.provider);
    let at = known.ok_or_else(|| bad_request("provider", "There is no such provider here."))?;
    let client = &relay.sign_ins.clients[at];
    // The issuer may have to be asked where its page is: that dials, so it counts as a look-up does.
    let _permit = relay.admission.admit(peer)?;
    relay.budgets.take_look_up(peer, client.settings().name())?;
    let origin = origin.to_str().map_err(|_| bad_request("origin", "It isn't text."))?;
    let redirect = format!("{origin}{CALLBACK}");
    let hint = wish.email.as_deref().filter(|email| email.len() <= limits::EMAIL_HINT);
    let begun = client.begin(&relay.engine, &redirect, hint, wish.lang).await.map_err(|error| {
        tracing::warn!(%error, provider = wish.provider, "a sign-in can't begin");
        problem(ProblemCode::Internal, "The sign-in page can't be reached just now. Try again later.")
    })?;
    let url = begun.url.clone();
    let handle = relay.sign_ins.pending.begin(at, begun, redirect, wish.lang);
    let full = "Too many sign-ins are under way. Try again in a few minutes.";
    handle.map(|handle| (url, handle)).map_err(|_| problem(ProblemCode::Overloaded, full))
}

fn problem(code: ProblemCode, message: &str) -> Problem {
    Problem { code, message: message.to_owned(), field: None, retry_after_s: None }
}

/// What the issuer adds to the address (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207).
#[derive(Deserialize)]
pub(super) struct Returned {
    state: String,
    code: Option<SecretString>,
    error: Option<String>,
    error_description: Option<String>,
    iss: Option<String>,
}

/// `GET /oauth/callback`: takes the issuer's answer and leads on to the check page, with a receipt in the fragment, which
/// no server sees. The code itself goes no further.
pub(super) async fn callback(
    State(relay): State<Arc<Relay>>,
    headers: HeaderMap,
    returned: Result<Query<Returned>, QueryRejection>,
) -> Response {
    let taken = returned.ok().and_then(|Query(returned)| {
        let answer = match (returned.code, returned.error) {
            (_, Some(error)) => {
                Answer::Error(NoToken::refused(&error, returned.error_description.as_deref()))
            }
            (Some(code), None) => Answer::Code(code),
            (None, None) => return None,
        };
        relay.sign_ins.pending.answered(&returned.state, returned.iss.as_deref(), answer).ok()
    });
    let address = match taken {
        Some(receipt) => format!("/{}/check#sign-in={}", receipt.lang.as_str(), receipt.receipt),
        // Too late, or not ours: the page says so.
        None => format!("/{}/check#sign-in=", super::negotiate::language(&headers).as_str()),
    };
    let none = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (StatusCode::SEE_OTHER, none, [(header::LOCATION, address)]).into_response()
}

impl Relay {
    /// Redeems what a page shows, and puts the token into its `start`. The answer fills in what the issuer said.
    ///
    /// # Errors
    /// A [`Problem`] where the sign-in isn't this page's, or the issuer doesn't answer.
    pub async fn redeem(
        self: &Arc<Self>,
        shown: Shown,
        start: &mut Start,
    ) -> Result<(Lent, Issued), Problem> {
        let gone = || {
            bad_request("sign_in", "The sign-in has ended, or was begun in another window. Sign in again.")
        };
        if start.request.password.is_some() || start.request.oauth_token.is_some() {
            return Err(bad_request("sign_in", "Sign in, or give a password or a token, not both."));
        }
        let Collected { client, begun, redirect, answer } =
            self.sign_ins.pending.collect(&shown.handle, &shown.receipt).map_err(|_| gone())?;
        let client = self.sign_ins.clients.get(client).ok_or_else(gone)?;
        let granted = match answer {
            Answer::Code(code) => client.redeem(&self.engine, &begun, &redirect, &code).await,
            Answer::Error(error) => Err(error),
        };
        match granted {
            Ok(granted) => {
                start.request.oauth_token = Some(granted.token.clone());
                let issued = granted.issued.clone();
                Ok((Lent { relay: Arc::clone(self), back: Some((Arc::clone(client), granted)) }, issued))
            }
            Err(NoToken::Refused(error)) => {
                let issued = Issued { error: Some(error), ..Issued::default() };
                Ok((Lent { relay: Arc::clone(self), back: None }, issued))
            }
            Err(error) => {
                tracing::warn!(%error, "a sign-in can't be redeemed");
                Err(problem(ProblemCode::Internal, "The sign-in service doesn't answer. Try again later."))
            }
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some((client, granted)) = self.back.take() else { return };
        let relay = Arc::clone(&self.relay);
        self.relay.open.spawn(async move { client.revoke(&relay.engine, granted).await });
    }
}

/// The request of a run with what the issuer said.
pub(super) fn request(start: Start, issued: Option<Issued>, relay: &Relay) -> Result<Request, Problem> {
    let mut request = Request::new(start, relay.engine.policy())?;
    if let Some(issued) = issued {
        request.told(issued);
    }
    Ok(request)
}
