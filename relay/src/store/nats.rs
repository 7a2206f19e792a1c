//! NATS JetStream, for several relays: one stream for the deployment, one subject for each case, and a bucket for each kind
//! of record. JetStream acknowledges what its replicas have.

mod connect;
mod feed;
mod records;

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::{
    self,
    context::PublishErrorKind,
    kv,
    message::PublishMessage,
    stream::{RawMessageErrorKind, Stream},
};
use error_model::case::{By, CaseEvent, Draft, What};
use futures::future::{BoxFuture, FutureExt};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::{Keyed, PutError, Record, Shelf, ShelfKind, When};
use crate::{
    cases::{AppendError, Board, CaseId, CaseLog, Unavailable},
    config::NatsSettings,
    limits,
};

/// The store.
pub(super) struct Nats {
    context: jetstream::Context,
    stream: Stream,
    buckets: Vec<(ShelfKind, kv::Store)>,
    subjects: Subjects,
    board: Arc<Board>,
    /// The last `seq` that the board has.
    seen: watch::Receiver<u64>,
}

/// The subjects of a deployment's cases.
#[derive(Debug, Clone)]
struct Subjects(String);

impl Subjects {
    fn of(&self, case: CaseId) -> String {
        format!("{}.case.{case}", self.0)
    }

    fn all(&self) -> String {
        format!("{}.case.*", self.0)
    }

    fn case(&self, subject: &str) -> Option<CaseId> {
        CaseId::parse(subject.strip_prefix(&self.0)?.strip_prefix(".case.")?)
    }
}

impl Nats {
    /// Connects, and makes the stream and the buckets where they are missing.
    pub async fn open(
        servers: &[String],
        settings: &NatsSettings,
        retention: Duration,
    ) -> Result<Self, Unavailable> {
        let client = connect::client(servers, settings).await?;
        let context = jetstream::ContextBuilder::new()
            .timeout(limits::STORE_ANSWER)
            .ack_timeout(limits::STORE_ANSWER)
            .build(client);
        let subjects = Subjects(settings.name.clone());
        let stream = connect::stream(&context, &subjects.all(), settings, retention).await?;
        let buckets = connect::buckets(&context, settings).await?;
        let board = Arc::new(Board::default());
        let seen = feed::start(&stream, subjects.clone(), Arc::clone(&board)).await?;
        Ok(Self { context, stream, buckets, subjects, board, seen })
    }

    /// Publishes, again and again where no answer comes: a leader may have died, and another one is elected within seconds.
    /// JetStream itself sees by the message's identifier that it has it already.
    async fn publish(
        &self,
        case: CaseId,
        id: &str,
        json: &[u8],
        expected: Option<u64>,
    ) -> Result<u64, AppendError> {
        let give_up = Instant::now() + limits::STORE_PATIENCE;
        loop {
            let mut message =
                PublishMessage::build().payload(json.to_vec().into()).message_id(format!("{case}.{id}"));
            if let Some(expected) = expected {
                message = message.expected_last_subject_sequence(expected);
            }
            let published = async { self.context.send_publish(self.subjects.of(case), message).await?.await };
            let error = match published.await {
                Ok(ack) => return Ok(ack.sequence),
                Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {
                    return Err(AppendError::Moved { expected: expected.unwrap_or_default() });
                }
                Err(error) => error,
            };
            if Instant::now() >= give_up {
                return Err(Unavailable::because(error).into());
            }
            sleep(connect::PAUSE).await;
        }
    }

    async fn next(&self, case: CaseId, after: u64) -> Result<Option<CaseEvent>, Unavailable> {
        let subject = self.subjects.of(case);
        let asked = connect::patiently(|| {
            let builder =
                self.stream.raw_message_builder().sequence(after + 1).next_by_subject(subject.clone());
            async move {
                match builder.send().await {
                    Ok(message) => Ok(Some(message)),
                    Err(error) if matches!(error.kind(), RawMessageErrorKind::NoMessageFound) => Ok(None),
                    Err(error) => Err(error),
                }
            }
        });
        let Some(message) = asked.await? else { return Ok(None) };
        feed::event(message.sequence, message.time.unix_timestamp_nanos(), &message.payload)
            .map(Some)
            .map_err(Unavailable::because)
    }

    /// Waits until the board has an event, so that whoever appended it finds it there. It's stored in any case.
    async fn until_seen(&self, seq: u64) {
        let mut seen = self.seen.clone();
        let _late = timeout(limits::STORE_ANSWER, seen.wait_for(|seen| *seen >= seq)).await;
    }

    fn bucket(&self, kind: ShelfKind) -> Result<&kv::Store, Unavailable> {
        let found = self.buckets.iter().find(|(one, _)| *one == kind).map(|(_, bucket)| bucket);
        found.ok_or_else(|| Unavailable(format!("there is no bucket for {}", kind.as_str())))
    }
}

impl CaseLog for Nats {
    fn append(
        &self,
        case: CaseId,
        draft: Draft,
        expected: Option<u64>,
    ) -> BoxFuture<'_, Result<u64, AppendError>> {
        async move {
            let json = serde_json::to_vec(&draft).map_err(Unavailable::because)?;
            self.board.admit(case, &draft, json.len())?;
            let seq = self.publish(case, &draft.id, &json, expected).await?;
            self.until_seen(seq).await;
            Ok(seq)
        }
        .boxed()
    }

    fn read(
        &self,
        case: CaseId,
        after: u64,
        most: usize,
    ) -> BoxFuture<'_, Result<Vec<CaseEvent>, Unavailable>> {
        async move {
            let mut events = Vec::new();
            let mut last = after;
            while events.len() < most
                && let Some(event) = self.next(case, last).await?
            {
                last = event.seq;
                events.push(event);
            }
            Ok(events)
        }
        .boxed()
    }

    fn remove(&self, case: CaseId) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            // The other relays hear of a removal as of any event; it's the last one of the case, and all that is left of it.
            let draft = Draft { id: "removed".to_owned(), by: By::Relay, what: What::Removed {} };
            let json = serde_json::to_vec(&draft).map_err(Unavailable::because)?;
            let removed = self.publish(case, &draft.id, &json, None).await;
            let seq = removed.map_err(Unavailable::because)?;
            let subject = self.subjects.of(case);
            connect::patiently(|| self.stream.purge().filter(subject.clone()).sequence(seq).into_future())
                .await?;
            self.until_seen(seq).await;
            Ok(())
        }
        .boxed()
    }

    fn board(&self) -> &Board {
        &self.board
    }
}

impl Shelf for Nats {
    fn get<'a>(
        &'a self,
        kind: ShelfKind,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Record>, Unavailable>> {
        async move { records::get(self.bucket(kind)?, key).await }.boxed()
    }

    fn put<'a>(
        &'a self,
        kind: ShelfKind,
        key: &'a str,
        value: Vec<u8>,
        until_ms: Option<i64>,
        when: When,
    ) -> BoxFuture<'a, Result<u64, PutError>> {
        async move { records::put(self.bucket(kind)?, key, &value, until_ms, when).await }.boxed()
    }

    fn remove<'a>(&'a self, kind: ShelfKind, key: &'a str) -> BoxFuture<'a, Result<(), Unavailable>> {
        async move { records::remove(self.bucket(kind)?, key).await }.boxed()
    }

    fn all(&self, kind: ShelfKind) -> BoxFuture<'_, Result<Keyed, Unavailable>> {
        async move { records::all(self.bucket(kind)?).await }.boxed()
    }
}
