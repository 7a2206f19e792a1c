//! `GET /api/v1/run`: a WebSocket on which a page starts, cancels and repeats runs, one at a time.

use std::net::IpAddr;
use std::sync::Arc;

use axum::{
    extract::{
        Extension, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use error_model::wire::{Problem, RelayMessage, SUBPROTOCOL, Start};
use futures::FutureExt;
use tokio::{
    sync::oneshot,
    time::{sleep, timeout},
};

use super::{
    api::{bad_request, foreign_origin, refuse_with},
    body::is_too_long,
    kept::{Kept, UnderWay},
    origins::ForeignOrigin,
    proof::signs_in,
    relay::{Peer, Relay},
    resume::Place,
    sign_in::{self, Shown},
    start::{self, Ask, Manner, Resume},
    tickets::NoTicket,
};
use crate::{
    apply::{apply, change_of, copy},
    desk::Refused,
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
            return foreign_origin();
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
            let mark = relay.meter.websocket();
            let session =
                Session { relay: Arc::clone(&relay), client, origin, ticketed: false, socket, current: None };
            if let Some(Current { kept, place: Some(place) }) = session.serve().await {
                // The connection was lost, which isn't the end of the run yet.
                drop(mark);
                place.wait(kept, &relay.stopping).await;
            }
            drop(open);
        })
}

/// The connection is over.
enum Gone {
    /// By either side's will, or for a fault of the client.
    Ended,
    /// It broke, or the client was given up.
    Lost,
}

struct Session {
    relay: Arc<Relay>,
    client: IpAddr,
    origin: HeaderValue,
    /// A ticket was shown.
    ticketed: bool,
    socket: WebSocket,
    /// The last run, for `apply` and `resume` even when it's over.
    current: Option<Current>,
}

struct Current {
    kept: Kept,
    /// Where another connection can take it over.
    place: Option<Place>,
}

/// What happens next on a connection.
enum Event {
    Heard(Option<Result<Message, axum::Error>>),
    Ran(RelayMessage),
    Claimed(oneshot::Sender<Kept>),
    Stopping,
    Idle,
}

impl Session {
    /// Serves the connection to its end. Returns the run that was lost with it, where it had one.
    async fn serve(mut self) -> Option<Current> {
        match self.all().await {
            Err(Gone::Lost) => self.current,
            Ok(()) | Err(Gone::Ended) => None,
        }
    }

    async fn all(&mut self) -> Result<(), Gone> {
        let hello = self.relay.hello();
        self.say(&hello).await?;
        loop {
            match self.event().await {
                Event::Heard(Some(Ok(message))) => self.heard(message).await?,
                Event::Heard(Some(Err(error))) => return self.broken(&error).await,
                Event::Heard(None) => return Err(Gone::Lost),
                Event::Ran(message) => self.ran(&message).await?,
                Event::Claimed(claim) => return self.give(claim).await,
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
        let idle = current.as_ref().is_none_or(|current| current.kept.is_over());
        let (kept, place) = match current {
            Some(Current { kept, place }) => (Some(kept), place.as_mut()),
            None => (None, None),
        };
        let ran = async {
            match kept {
                Some(kept) => kept.next().await,
                None => std::future::pending().await,
            }
        };
        let claimed = async {
            match place {
                Some(place) => place.claimed().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            heard = socket.recv() => Event::Heard(heard),
            claim = claimed => Event::Claimed(claim),
            message = ran => Event::Ran(message),
            () = relay.stopping.cancelled(), if idle => Event::Stopping,
            () = sleep(limits::IDLE), if idle => Event::Idle,
        }
    }

    async fn heard(&mut self, message: Message) -> Result<(), Gone> {
        let done = match message {
            Message::Text(text) => self.asked(&text).await?,
            Message::Binary(_) => Err(bad_request("message", "Messages are text, not binary.")),
            Message::Close(_) => return Err(Gone::Ended),
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
            Ok(Ask::Start(start)) => match self.admit_start(text, &start) {
                Ok((manner, shown, case)) => {
                    // What nobody waits for any more mustn't stand in the way of what takes its place.
                    drop(self.relay.resumable.claim(&manner.instead_of, &self.origin).await);
                    self.start(*start, shown, case, manner.resumable).await
                }
                Err(problem) => Ok(Err(problem)),
            },
            Ok(Ask::Apply(id)) => self.apply(&id, text).await,
            Ok(Ask::Resume(resume)) => self.resume(&resume).await,
            Ok(Ask::Cancel) => self.cancel().await.map(Ok),
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// Everything that a `start` says besides what is to be checked; the last is the customer's token of the case that the
    /// run is recorded in.
    fn admit_start(
        &mut self,
        text: &str,
        start: &Start,
    ) -> Result<(Manner, Option<Shown>, Option<String>), Problem> {
        let shown = start::signed_in(text)?;
        let signs_in = shown.is_some() || signs_in(&start.request);
        Ok((self.admit_page(text, signs_in)?, shown, start::case(text)?))
    }

    /// The first run on a connection needs a ticket; then the page is known. Where proof of work is asked for, every run that
    /// signs in needs a ticket of its own.
    fn admit_page(&mut self, text: &str, signs_in: bool) -> Result<Manner, Problem> {
        let manner = start::manner(text)?;
        if signs_in && let Some(proofs) = &self.relay.proofs {
            proofs.take(&manner, &self.relay.tickets, self.origin.as_bytes())?;
            self.ticketed = true;
        } else if !self.ticketed {
            self.relay.tickets.take(&manner.ticket, self.origin.as_bytes()).map_err(|NoTicket| {
                let message =
                    "The first `start` needs a fresh `ticket` of POST /api/v1/ticket; each is good once.";
                bad_request("ticket", message)
            })?;
            self.ticketed = true;
        }
        Ok(manner)
    }

    /// No run is under way.
    fn is_free(&self) -> Result<(), Problem> {
        match &self.current {
            Some(current) if !current.kept.is_over() => {
                Err(bad_request("type", "A check is running: cancel it, or wait for it to end."))
            }
            _ => Ok(()),
        }
    }

    async fn start(
        &mut self,
        mut start: Start,
        shown: Option<Shown>,
        case: Option<String>,
        resumable: bool,
    ) -> Result<Result<(), Problem>, Gone> {
        let (relay, client, free) = (Arc::clone(&self.relay), self.client, self.is_free());
        let kept = async {
            free?;
            let (lent, issued) = match shown {
                Some(shown) => {
                    relay.redeem(shown, &mut start).await.map(|(lent, issued)| (Some(lent), Some(issued)))?
                }
                None => (None, None),
            };
            let mut request = sign_in::request(copy(&start), issued, &relay)?;
            let admitted = relay.admit(client, &mut request).await?;
            if lent.is_some() {
                start.request.oauth_token = None;
            }
            let recorder = match &case {
                Some(token) => {
                    let recorder = relay.desk.record(token, &start.request).await;
                    Some(recorder.map_err(Refused::into_problem)?)
                }
                None => None,
            };
            let run = Run::new(Arc::clone(&relay.engine), request);
            let under_way = UnderWay::new(run, relay.meter.run(), admitted, lent);
            Ok(Kept::new(under_way, start, resumable).recorded(case, recorder))
        };
        match kept.await {
            Ok(kept) => self.keep(kept).await.map(Ok),
            Err(problem) => Ok(Err(problem)),
        }
    }

    async fn apply(&mut self, id: &str, text: &str) -> Result<Result<(), Problem>, Gone> {
        if self.current.as_ref().is_some_and(|current| current.kept.lent_once) {
            let message = "The sign-in was good for one check. Change the settings, and sign in again.";
            return Ok(Err(bad_request("suggestion", message)));
        }
        let next = self.current.as_ref().and_then(|Current { kept, .. }| {
            let next = apply(&kept.start, change_of(kept.diagnosis.as_ref()?, id)?)?;
            Some((next, kept.case.clone(), kept.is_resumable()))
        });
        match next {
            Some((next, case, resumable)) => match self.admit_page(text, signs_in(&next.request)) {
                Ok(_) => self.start(next, None, case, resumable).await,
                Err(problem) => Ok(Err(problem)),
            },
            None => Ok(Err(bad_request("suggestion", "The last diagnosis has no such suggestion."))),
        }
    }

    /// The run becomes this connection's. Its page is told how to come back to it.
    async fn keep(&mut self, kept: Kept) -> Result<(), Gone> {
        let place = if kept.is_resumable() { self.relay.resumable.place(&self.origin) } else { None };
        let token = place.as_ref().map(|place| RelayMessage::Run { run: place.token().to_owned() });
        self.current = Some(Current { kept, place });
        match token {
            Some(token) => self.say(&token).await,
            None => Ok(()),
        }
    }

    /// Goes on with a run of a connection that was lost, and says what was missed.
    async fn resume(&mut self, resume: &Resume) -> Result<Result<(), Problem>, Gone> {
        if let Err(problem) = self.is_free() {
            return Ok(Err(problem));
        }
        let relay = Arc::clone(&self.relay);
        let kept = relay.resumable.claim(&resume.run, &self.origin).await;
        let Some((kept, missed)) = kept.and_then(|kept| {
            let missed = kept.sent_after(resume.seq)?;
            Some((kept, missed))
        }) else {
            let message = "The relay has no such run any more: start again.";
            return Ok(Err(bad_request("run", message)));
        };
        // Whoever has the token has had a ticket.
        self.ticketed = true;
        self.keep(kept).await?;
        for line in missed {
            self.send(Message::text(line)).await?;
        }
        Ok(Ok(()))
    }

    /// Another connection goes on with the run: this one isn't needed any more.
    async fn give(&mut self, claim: oneshot::Sender<Kept>) -> Result<(), Gone> {
        if let Some(Current { kept, .. }) = self.current.take() {
            // Where the other connection is gone as well, the run goes too.
            let _taken = claim.send(kept);
        }
        self.close(close_code::NORMAL, "the run goes on elsewhere").await
    }

    /// Drops the run. A `cancel` that crosses its `done` on the way is no mistake.
    async fn cancel(&mut self) -> Result<(), Gone> {
        let Some(elapsed_ms) = self.current.as_mut().and_then(|current| current.kept.stop()) else {
            return Ok(());
        };
        self.ran(&RelayMessage::Done { elapsed_ms }).await
    }

    async fn ran(&mut self, message: &RelayMessage) -> Result<(), Gone> {
        let Some(Current { kept, .. }) = &mut self.current else { return Ok(()) };
        let line = kept.line(message).await.map_err(unwritten)?;
        self.send(Message::text(line)).await
    }

    /// After an error of the WebSocket nothing more can be read; a message that was too long gets told so.
    async fn broken(&mut self, error: &axum::Error) -> Result<(), Gone> {
        if !is_too_long(error) {
            return Err(Gone::Lost);
        }
        let most = limits::MESSAGE_BYTES;
        let problem = bad_request("message", format!("The message is longer than {most} bytes."));
        self.relay.meter.refused();
        self.say(&RelayMessage::Problem(problem)).await?;
        self.close(close_code::SIZE, "the message is too long").await
    }

    async fn say(&mut self, message: &RelayMessage) -> Result<(), Gone> {
        let line = wire::encode(message).map_err(unwritten)?;
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
            .ok_or(Gone::Lost)
    }
}

fn unwritten(error: serde_json::Error) -> Gone {
    tracing::error!(%error, "a message can't be written");
    Gone::Ended
}
