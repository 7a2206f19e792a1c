//! One consumer for all cases keeps the board up to date, and with it everybody who watches a case on this relay.

use std::sync::Arc;

use async_nats::jetstream::{
    consumer::{DeliverPolicy, pull::OrderedConfig},
    stream::Stream,
};
use error_model::case::CaseEvent;
use futures::StreamExt;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::{Subjects, Unavailable, connect};
use crate::{cases::Board, limits};

/// Starts to follow the stream; comes back once the board has everything that is stored now.
pub(super) async fn start(
    stream: &Stream,
    subjects: Subjects,
    board: Arc<Board>,
) -> Result<watch::Receiver<u64>, Unavailable> {
    let stored = connect::patiently(|| stream.get_info()).await?.state;
    let (seen, seeing) = watch::channel(0);
    tokio::spawn(follow(stream.clone(), subjects, board, seen));
    let mut caught_up = seeing.clone();
    if stored.messages > 0 {
        let waited = caught_up.wait_for(|seen| *seen >= stored.last_sequence);
        timeout(limits::STORE_PATIENCE * 3, waited)
            .await
            .map_err(|_| Unavailable("its events take too long to read".to_owned()))?
            .map_err(Unavailable::because)?;
    }
    Ok(seeing)
}

/// Follows the stream for ever: a consumer that broke is followed by one that begins after the last event.
async fn follow(stream: Stream, subjects: Subjects, board: Arc<Board>, seen: watch::Sender<u64>) {
    loop {
        let mut last = *seen.borrow();
        let config = OrderedConfig {
            filter_subject: subjects.all(),
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: last + 1 },
            ..Default::default()
        };
        if let Ok(consumer) = stream.create_consumer(config).await
            && let Ok(mut messages) = consumer.messages().await
        {
            loop {
                // A consumer lives on one server and can die with it unheard: silence is checked against the stream.
                let message = match timeout(limits::FEED_CHECK, messages.next()).await {
                    Ok(Some(Ok(message))) => message,
                    Ok(_) => break,
                    Err(_) if is_behind(&stream, last).await || seen.is_closed() => break,
                    Err(_) => continue,
                };
                let Ok(info) = message.info() else { break };
                let seq = info.stream_sequence;
                let bytes = message.payload.len();
                match (
                    subjects.case(&message.subject),
                    event(seq, info.published.unix_timestamp_nanos(), &message.payload),
                ) {
                    (Some(case), Ok(event)) => board.publish(case, event, bytes),
                    _ => tracing::warn!(seq, "the stream has a message that is no event"),
                }
                last = seq;
                seen.send_replace(seq);
            }
        }
        if seen.is_closed() {
            return;
        }
        sleep(connect::PAUSE).await;
    }
}

/// Whether the stream has events that the consumer should have brought.
async fn is_behind(stream: &Stream, seen: u64) -> bool {
    stream.get_info().await.is_ok_and(|info| info.state.messages > 0 && info.state.last_sequence > seen)
}

/// An event as the stream has it.
pub(super) fn event(seq: u64, at_ns: i128, json: &[u8]) -> serde_json::Result<CaseEvent> {
    let at_ms = i64::try_from(at_ns / 1_000_000).unwrap_or_default();
    Ok(CaseEvent { seq, at_ms, draft: serde_json::from_slice(json)? })
}
