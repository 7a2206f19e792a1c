//! `GET /api/v1/run`: a WebSocket on which a page starts, cancels and repeats runs, one at a time.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::{
    extract::{
        Extension, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use error_model::{
    Diagnosis,
    wire::{Problem, RelayMessage, SUBPROTOCOL, Start},
};
use futures::FutureExt;
use tokio::time::{sleep, timeout};

use super::{
    api::{bad_request, refuse_with},
    meter::RunMark,
    origins::ForeignOrigin,
    relay::{Admitted, Peer, Relay},
    sign_in::{self, Lent, Shown},
    start::{self, Ask},
    tickets::NoTicket,
};
use crate::{
    apply::{apply, change_of, copy},
    desk::{Recorder, Refused},
    limits,
    run::Run,
    wire,
};

/// Takes the connection over, where it comes from one of our own pages.
pub(super) async fn upgrade(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let refuse = |status, field, message: &str| refuse_with(status, bad_request(field, message));
    let origin = match relay.origins.check_required(&headers) {
        Ok(origin) => origin.clone(),
        Err(ForeignOrigin::Missing) => {
            let message = "A WebSocket needs an `Origin`; programs use POST on this address.";
            return refuse(StatusCode::FORBIDDEN, "origin", message);
        }
        Err(ForeignOrigin::NotListed) => {
            return refuse(StatusCode::FORBIDDEN, "origin", "Pages of this origin may not use the relay.");
        }
    };
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([SUBPROTOCOL]),
        Err(rejection) => return rejection.into_response(),
    };
    if upgrade.selected_protocol().is_none() {
        let message = format!("The WebSocket sub-protocol must be {SUBPROTOCOL}.");
        return refuse(StatusCode::BAD_REQUEST, "sec-websocket-protocol", &message);
    }
    upgrade
        .max_message_size(limits::MESSAGE_BYTES)
        .max_frame_size(limits::MESSAGE_BYTES)
        .read_buffer_size(limits::SOCKET_BUFFER_BYTES)
        .write_buffer_size(limits::SOCKET_BUFFER_BYTES)
        .max_write_buffer_size(limits::WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            let open = relay.open.token();
            let _mark = relay.meter.websocket();
            let session = Session {
                relay,
                client,
                origin,
                ticketed: false,
                case: None,
                socket,
                current: None,
                last: None,
                lent_once: false,
            };
            // However the connection ended, it's over: there's nobody left to tell.
            let _ended = session.serve().await;
            drop(open);
        })
}

/// The connection is over: the client went, or was given up.
struct Gone;

struct Session {
    relay: Arc<Relay>,
    client: IpAddr,
    origin: HeaderValue,
    /// A ticket was shown.
    ticketed: bool,
    /// The customer's token of the case that runs are recorded in.
    case: Option<String>,
    socket: WebSocket,
    current: Option<Current>,
    /// For `apply`: the settings and the diagnosis of the last run. Gone with the connection.
    last: Option<(Start, Option<Diagnosis>)>,
    /// The last run had a token that was good for it alone.
    lent_once: bool,
}

/// The run under way.
struct Current {
    begun: Instant,
    run: Run,
    mark: RunMark,
    recorder: Option<Recorder>,
    _admitted: Admitted,
    _lent: Option<Lent>,
}

/// What happens next on a connection.
enum Event {
    Heard(Option<Result<Message, axum::Error>>),
    Ran(Option<RelayMessage>),
    Stopping,
    Idle,
}

impl Session {
    async fn serve(mut self) -> Result<(), Gone> {
        let hello = self.relay.hello();
        self.say(&hello).await?;
        loop {
            match self.event().await {
                Event::Heard(Some(Ok(message))) => self.heard(message).await?,
                Event::Heard(Some(Err(error))) => return self.broken(&error).await,
                Event::Heard(None) => return Err(Gone),
                Event::Ran(Some(message)) => self.ran(message).await?,
                Event::Ran(None) => self.current = None,
                Event::Stopping => return self.close(close_code::AWAY, "the relay is stopping").await,
                Event::Idle => {
                    return self.close(close_code::NORMAL, "nothing happened for a long time").await;
                }
            }
        }
    }

    /// The next event. A run that is under way goes on only while this is waited for.
    async fn event(&mut self) -> Event {
        let Self { relay, socket, current, .. } = self;
        let idle = current.is_none();
        let ran = async {
            match current {
                Some(current) => current.run.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            heard = socket.recv() => Event::Heard(heard),
            message = ran => Event::Ran(message),
            () = relay.stopping.cancelled(), if idle => Event::Stopping,
            () = sleep(limits::IDLE), if idle => Event::Idle,
        }
    }

    async fn heard(&mut self, message: Message) -> Result<(), Gone> {
        let done = match message {
            Message::Text(text) => self.asked(&text).await?,
            Message::Binary(_) => Err(bad_request("message", "Messages are text, not binary.")),
            Message::Close(_) => return Err(Gone),
            Message::Ping(_) | Message::Pong(_) => Ok(()),
        };
        match done {
            Ok(()) => Ok(()),
            Err(problem) => {
                self.relay.meter.refused();
                self.say(&RelayMessage::Problem(problem)).await
            }
        }
    }

    async fn asked(&mut self, text: &str) -> Result<Result<(), Problem>, Gone> {
        match start::read(text) {
            Ok(Ask::Start(start)) => match self.admit_page(text).and_then(|()| start::signed_in(text)) {
                Ok(shown) => {
                    self.case = match start::case(text) {
                        Ok(case) => case,
                        Err(problem) => return Ok(Err(problem)),
                    };
                    Ok(self.start(*start, shown).await)
                }
                Err(problem) => Ok(Err(problem)),
            },
            Ok(Ask::Apply(id)) => Ok(self.apply(&id).await),
            Ok(Ask::Cancel) => self.cancel().await.map(Ok),
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// The first run on a connection needs a ticket; then the page is known.
    fn admit_page(&mut self, text: &str) -> Result<(), Problem> {
        if !self.ticketed {
            let ticket = start::ticket(text)?;
            self.relay.tickets.take(&ticket, self.origin.as_bytes()).map_err(|NoTicket| {
                let message =
                    "The first `start` needs a fresh `ticket` of POST /api/v1/ticket; each is good once.";
                bad_request("ticket", message)
            })?;
            self.ticketed = true;
        }
        Ok(())
    }

    async fn start(&mut self, mut start: Start, shown: Option<Shown>) -> Result<(), Problem> {
        if self.current.is_some() {
            return Err(bad_request("type", "A check is running: cancel it, or wait for it to end."));
        }
        let (lent, issued) = match shown {
            Some(shown) => {
                self.relay.redeem(shown, &mut start).await.map(|(lent, issued)| (Some(lent), Some(issued)))?
            }
            None => (None, None),
        };
        let mut request = sign_in::request(copy(&start), issued, &self.relay)?;
        let admitted = self.relay.admit(self.client, &mut request).await?;
        self.lent_once = lent.is_some();
        if self.lent_once {
            start.request.oauth_token = None;
        }
        let recorder = self.record(&start).await?;
        self.current = Some(Current {
            begun: Instant::now(),
            run: Run::new(Arc::clone(&self.relay.engine), request),
            mark: self.relay.meter.run(),
            recorder,
            _admitted: admitted,
            _lent: lent,
        });
        self.last = Some((start, None));
        Ok(())
    }

    /// The way of the next run into the customer's case, where the page belongs to one.
    async fn record(&mut self, start: &Start) -> Result<Option<Recorder>, Problem> {
        let Some(token) = &self.case else { return Ok(None) };
        self.relay.desk.record(token, &start.request).await.map(Some).map_err(Refused::into_problem)
    }

    async fn apply(&mut self, id: &str) -> Result<(), Problem> {
        if self.lent_once {
            let message = "The sign-in was good for one check. Change the settings, and sign in again.";
            return Err(bad_request("suggestion", message));
        }
        let next = match &self.last {
            Some((start, Some(diagnosis))) => {
                change_of(diagnosis, id).and_then(|change| apply(start, change))
            }
            _ => None,
        };
        match next {
            Some(next) => self.start(next, None).await,
            None => Err(bad_request("suggestion", "The last diagnosis has no such suggestion.")),
        }
    }

    /// Drops the run. A `cancel` that crosses its `done` on the way is no mistake.
    async fn cancel(&mut self) -> Result<(), Gone> {
        let Some(mut current) = self.current.take() else { return Ok(()) };
        let elapsed_ms = u64::try_from(current.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let done = RelayMessage::Done { elapsed_ms };
        if let Some(recorder) = &mut current.recorder {
            recorder.saw(&done).await;
        }
        drop(current);
        self.say(&done).await
    }

    async fn ran(&mut self, message: RelayMessage) -> Result<(), Gone> {
        if let Some(current) = &mut self.current {
            current.mark.saw(&message);
            if let Some(recorder) = &mut current.recorder {
                recorder.saw(&message).await;
            }
        }
        if let (RelayMessage::Diagnosis(diagnosis), Some((_, last))) = (&message, &mut self.last) {
            *last = Some(diagnosis.clone());
        }
        if matches!(message, RelayMessage::Done { .. }) {
            // The permit goes back before the client hears that it may start again.
            self.current = None;
        }
        self.say(&message).await
    }

    /// After an error of the WebSocket nothing more can be read; a message that was too long gets told so.
    async fn broken(mut self, error: &axum::Error) -> Result<(), Gone> {
        if !is_too_long(error) {
            return Err(Gone);
        }
        let most = limits::MESSAGE_BYTES;
        let problem = bad_request("message", format!("The message is longer than {most} bytes."));
        self.relay.meter.refused();
        self.say(&RelayMessage::Problem(problem)).await?;
        self.close(close_code::SIZE, "the message is too long").await
    }

    async fn say(&mut self, message: &RelayMessage) -> Result<(), Gone> {
        let line = wire::encode(message).map_err(|error| {
            tracing::error!(%error, "a message can't be written");
            Gone
        })?;
        self.send(Message::text(line)).await
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Gone> {
        self.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) }))).await
    }

    /// A client that doesn't read is given up, so that it can't hold memory.
    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        timeout(limits::WRITE, self.socket.send(message))
            .map(|sent| sent.ok().and_then(Result::ok))
            .await
            .ok_or(Gone)
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.to_string().starts_with("Space limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}
