//! `GET /api/v1/cases/{case}/watch`: a WebSocket on which an agent or a customer follows a case.

use std::sync::Arc;
use std::time::Duration;

use axum::{
    extract::{
        Path, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::case::{SUBPROTOCOL, Watch, WatchMessage, What};
use tokio::time::timeout;

use super::{auth, bad_request, case_of, foreign_origin, refuse_with};
use crate::{
    agents::Role,
    cases::{CaseId, Next, Subscription},
    http::relay::Relay,
    limits, wire,
};

/// Takes the connection over. Agents are known by their session or token; who has neither must send a customer's token first.
pub(in crate::http) async fn upgrade(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let case = match case_of(&case) {
        Ok(case) => case,
        Err(refused) => return refused.into_response(),
    };
    // Programs have a token; a browser's request must come from one of our pages.
    let program = headers.contains_key(header::AUTHORIZATION);
    if !program && relay.origins.check_required(&headers).is_err() {
        return foreign_origin();
    }
    let identified = program || auth::cookie(&headers).is_some();
    let agent = match auth::agent(&relay, &method, &headers, Role::Agent).await {
        Ok(_) => true,
        Err(refused) if program => return refused,
        // A session that has ended says nothing against a customer's token.
        Err(refused) if identified && refused.status() != StatusCode::UNAUTHORIZED => return refused,
        Err(_) => false,
    };
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([SUBPROTOCOL]),
        Err(rejection) => return rejection.into_response(),
    };
    if upgrade.selected_protocol().is_none() {
        let message = format!("The WebSocket sub-protocol must be {SUBPROTOCOL}.");
        return refuse_with(StatusCode::BAD_REQUEST, bad_request("sec-websocket-protocol", message));
    }
    upgrade
        .max_message_size(limits::WATCH_BYTES)
        .max_frame_size(limits::WATCH_BYTES)
        .read_buffer_size(limits::SOCKET_BUFFER_BYTES)
        .write_buffer_size(limits::SOCKET_BUFFER_BYTES)
        .max_write_buffer_size(limits::WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            let open = relay.open.token();
            let _mark = relay.meter.websocket();
            let watcher = Watcher { who: Who { relay, case, agent, identity: headers }, socket };
            // However the connection ended, it's over: there's nobody left to tell.
            let _ended = watcher.serve().await;
            drop(open);
        })
}

/// The connection is over.
struct Gone;

struct Watcher {
    who: Who,
    socket: WebSocket,
}

/// Who watches which case.
struct Who {
    relay: Arc<Relay>,
    case: CaseId,
    agent: bool,
    /// What the agent was known by: it can be taken away while the watcher is connected.
    identity: HeaderMap,
}

impl Who {
    /// A page that holds its agent's session can't send it with the head of the request.
    async fn introduce(&mut self, token: &str) {
        let known = || HeaderValue::from_str(&format!("Bearer {token}")).ok();
        if !self.agent
            && let Some(bearer) = known()
            && self.relay.desk.agents.by_session(token).await.is_ok_and(|agent| agent.is_some())
        {
            self.identity.insert(header::AUTHORIZATION, bearer);
            self.agent = true;
        }
    }

    /// Whether this watcher may see the case now.
    async fn may_see(&self, token: &str) -> bool {
        if self.agent {
            return auth::agent(&self.relay, &Method::GET, &self.identity, Role::Agent).await.is_ok();
        }
        self.relay.desk.customer(token).await.is_ok_and(|(case, _)| case == self.case)
    }
}

impl Watcher {
    async fn serve(mut self) -> Result<(), Gone> {
        let first = timeout(limits::REQUEST_BODY, self.socket.recv()).await;
        let Ok(Some(Ok(Message::Text(first)))) = first else { return Err(Gone) };
        let Ok(watch) = serde_json::from_str::<Watch>(&first) else {
            return self.close(close_code::POLICY, "the first message must be `watch`").await;
        };
        let token = watch.token.unwrap_or_default();
        self.who.introduce(&token).await;
        if !self.who.may_see(&token).await {
            return self.over().await;
        }
        let Some(mut events) = self.who.relay.desk.store.cases.subscribe(self.who.case, watch.after) else {
            return self.over().await;
        };
        let mut check = limits::WATCH_CHECK;
        loop {
            match self.next(&mut events, check).await? {
                Heard::Event(next) => match next {
                    Next::Event(event) => {
                        let ends = matches!(event.draft.what, What::Closed {} | What::Left {});
                        if self.who.agent || event.draft.what.is_shared() {
                            self.say(&WatchMessage::Event(Box::new((*event).clone()))).await?;
                        }
                        if ends {
                            // A customer's token goes a moment after the event that says so.
                            check = limits::WATCH_CHECK_SOON;
                        }
                    }
                    Next::Current => self.say(&WatchMessage::Current {}).await?,
                    Next::Behind => return self.behind().await,
                    Next::Over => return self.over().await,
                },
                Heard::Unavailable => return self.behind().await,
                Heard::Stopping => return self.close(close_code::AWAY, "the relay is stopping").await,
                Heard::Time if !self.who.may_see(&token).await => return self.over().await,
                // Also keeps proxies from taking the connection for dead.
                Heard::Time => {
                    check = limits::WATCH_CHECK;
                    self.send(Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    async fn next(&mut self, events: &mut Subscription, check: Duration) -> Result<Heard, Gone> {
        let log = Arc::clone(&self.who.relay.desk.store.cases);
        loop {
            tokio::select! {
                next = events.next(&*log) => return Ok(next.map_or(Heard::Unavailable, Heard::Event)),
                heard = self.socket.recv() => match heard {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Gone),
                    // Nothing else is expected; what comes is read so that pings are answered.
                    Some(Ok(_)) => {}
                },
                () = self.who.relay.stopping.cancelled() => return Ok(Heard::Stopping),
                () = tokio::time::sleep(check) => return Ok(Heard::Time),
            }
        }
    }

    async fn behind(mut self) -> Result<(), Gone> {
        self.say(&WatchMessage::Behind {}).await?;
        self.close(close_code::AGAIN, "connect again with the last seq").await
    }

    async fn over(mut self) -> Result<(), Gone> {
        self.say(&WatchMessage::Over {}).await?;
        self.close(close_code::NORMAL, "the case is over for you").await
    }

    async fn say(&mut self, message: &WatchMessage) -> Result<(), Gone> {
        let line = wire::encode(message).map_err(|_| Gone)?;
        self.send(Message::text(line)).await
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Gone> {
        self.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) }))).await
    }

    /// A client that doesn't read is given up, so that it can't hold memory; it continues after its last `seq`.
    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        let sent = timeout(limits::WRITE, self.socket.send(message)).await;
        sent.ok().and_then(Result::ok).ok_or(Gone)
    }
}

enum Heard {
    Event(Next),
    Unavailable,
    Stopping,
    Time,
}
