//! Cases of live triage: an append-only log of redacted events behind one trait, [`CaseLog`].
//!
//! There are two back ends, which keep the same contract (`store::contract`): a SQLite file for one relay, and NATS JetStream for
//! several. No back end can be given a secret, because [`Draft`] has no place for one.

mod board;
mod subscription;

use std::fmt;

use error_model::case::{CaseEvent, Draft, Summary};
use futures::future::BoxFuture;

pub(crate) use board::Board;
pub(crate) use subscription::{Next, Subscription};

use crate::random::{NoRandomness, random};

/// Keeps the events of all cases.
pub(crate) trait CaseLog: Send + Sync {
    /// Appends an event and gives its `seq`, once it can't be lost any more. Where the case has an event with the draft's
    /// `id` already, that one's `seq` is given, and nothing is appended.
    ///
    /// `expected`: the case's last `seq` as the caller knows it, 0 for a case without events. Where it's another one by now,
    /// nothing is appended.
    fn append(
        &self,
        case: CaseId,
        draft: Draft,
        expected: Option<u64>,
    ) -> BoxFuture<'_, Result<u64, AppendError>>;

    /// The next events of a case after `after`, in order, at most `most`.
    fn read(
        &self,
        case: CaseId,
        after: u64,
        most: usize,
    ) -> BoxFuture<'_, Result<Vec<CaseEvent>, Unavailable>>;

    /// Removes a case with all its events.
    fn remove(&self, case: CaseId) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// What is known of all cases, and who watches them.
    fn board(&self) -> &Board;
}

impl dyn CaseLog {
    /// The events of a case after `after`: those that are there, and then those to come, without a gap or a repetition.
    pub fn subscribe(&self, case: CaseId, after: u64) -> Option<Subscription> {
        self.board().watch(case).map(|live| Subscription::new(case, after, live))
    }

    /// The cases that are wanted, the one that changed last first.
    pub fn list(&self, wanted: impl Fn(&Summary) -> bool) -> Vec<Summary> {
        self.board().summaries(wanted)
    }

    /// Removes the cases that were opened before this time, in milliseconds since the Unix epoch; gives their number.
    ///
    /// # Errors
    /// [`Unavailable`], where the store is away. What was removed by then stays removed.
    pub async fn expire(&self, before_ms: i64) -> Result<usize, Unavailable> {
        let over = self.board().opened_before(before_ms);
        for case in &over {
            self.remove(*case).await?;
        }
        Ok(over.len())
    }
}

/// A case's identifier: a number that can't be guessed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CaseId(u128);

impl CaseId {
    /// A new one.
    ///
    /// # Errors
    /// [`NoRandomness`], where the system has none.
    pub fn random() -> Result<Self, NoRandomness> {
        random().map(|bytes| Self(u128::from_be_bytes(bytes)))
    }

    /// Reads the form that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The store can't be reached, or can't write. What was to be appended may be there or not: the same append again, with the
/// same `id`, settles it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the store of cases is not available: {0}")]
pub(crate) struct Unavailable(pub String);

impl Unavailable {
    /// Because of this error.
    pub fn because(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// Why an event wasn't appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AppendError {
    /// Others appended since.
    #[error("the case has changed: its last event is not {expected}")]
    Moved {
        /// What the caller took for the last `seq`.
        expected: u64,
    },
    /// The event is too long.
    #[error("an event of {bytes} bytes is too long: {most} are kept at most")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// What is kept.
        most: usize,
    },
    /// The case has all the events that it may have.
    #[error("the case is full")]
    Full,
    /// There's no such case, and the event doesn't begin one.
    #[error("there is no such case")]
    NoCase,
    /// The store is away.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}
