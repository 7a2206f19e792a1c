//! The ledger of relays that share a store. Each change is a compare-and-swap; what can't be told for certain is refused.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use serde::{Deserialize, Serialize};

use super::{Account, NotNow, SignIns};
use crate::{
    cases::Unavailable,
    limits,
    random::hex,
    store::{PutError, Shelf, ShelfKind, When, now_ms},
};

/// Counts the sign-ins of all relays on one store.
#[derive(Clone)]
pub(crate) struct SharedLedger {
    shelf: Arc<dyn Shelf>,
    most: u32,
    window_ms: i64,
    lease_ms: i64,
}

/// What is kept of an account, under its keyed hash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    /// When the account refused a sign-in, in milliseconds since the Unix epoch.
    refused_at: Vec<i64>,
    /// Somebody is signing in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lease: Option<Lease>,
}

/// A place in use. Should its relay die, it ends by itself, and counts as all the refusals that it might have met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Lease {
    until: i64,
    refusals: u32,
}

impl SharedLedger {
    /// At most `most` refusals of an account within `window`. `longest_run`: how long a place may be in use.
    pub fn new(shelf: Arc<dyn Shelf>, most: u32, window: Duration, longest_run: Duration) -> Self {
        let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4);
        Self { shelf, most, window_ms: ms(window), lease_ms: ms(longest_run + limits::LEASE_MARGIN) }
    }

    /// Reads, changes and puts back, again and again while others are quicker.
    async fn change<T>(
        &self,
        account: Account,
        change: impl Fn(&mut State, i64) -> Result<T, NotNow>,
    ) -> Result<T, NotNow> {
        let key = hex(account.as_bytes());
        for _ in 0..limits::LEDGER_TRIES {
            let record = self.shelf.get(ShelfKind::SignIns, &key).await.map_err(unknown)?;
            let mut state: State = match &record {
                Some(record) => serde_json::from_slice(&record.value).map_err(unknown)?,
                None => State::default(),
            };
            let now = now_ms();
            self.forget(&mut state, now);
            let done = change(&mut state, now)?;
            let value = serde_json::to_vec(&state).map_err(unknown)?;
            let until = now.saturating_add(self.window_ms).saturating_add(self.lease_ms);
            let when = record.map_or(When::Absent, |record| When::Unchanged(record.revision));
            match self.shelf.put(ShelfKind::SignIns, &key, value, Some(until), when).await {
                Ok(_) => return Ok(done),
                Err(PutError::Changed) => {}
                Err(PutError::Unavailable(error)) => return Err(unknown(error)),
            }
        }
        Err(NotNow::Busy)
    }

    fn forget(&self, state: &mut State, now: i64) {
        if let Some(lease) = state.lease.take_if(|lease| lease.until <= now) {
            state.refused_at.extend((0..lease.refusals).map(|_| lease.until));
        }
        state.refused_at.retain(|at| at.saturating_add(self.window_ms) > now);
    }

    fn take(&self, state: &mut State, now: i64) -> Result<u32, NotNow> {
        if state.lease.is_some() {
            return Err(NotNow::Busy);
        }
        let met = u32::try_from(state.refused_at.len()).unwrap_or(u32::MAX);
        match (self.most.saturating_sub(met), state.refused_at.iter().min()) {
            (0, first) => {
                let wait = first.map_or(0, |first| first + self.window_ms - now);
                Err(NotNow::Spent(Duration::from_millis(wait.max(0).cast_unsigned())))
            }
            (left, _) => {
                state.lease = Some(Lease { until: now.saturating_add(self.lease_ms), refusals: left });
                Ok(left)
            }
        }
    }
}

fn unknown(error: impl std::fmt::Display) -> NotNow {
    tracing::error!(%error, "sign-ins can't be counted, and none is tried");
    NotNow::Unknown
}

impl From<Unavailable> for NotNow {
    fn from(error: Unavailable) -> Self {
        unknown(error)
    }
}

impl SignIns for SharedLedger {
    fn begin(&self, account: Account) -> BoxFuture<'_, Result<u32, NotNow>> {
        self.change(account, |state, now| self.take(state, now)).boxed()
    }

    fn end(&self, account: Account, refusals: u32) {
        let ledger = self.clone();
        // Where this fails, the place ends by itself, as if all its tries had been refused.
        tokio::spawn(async move {
            let given = ledger.change(account, |state, now| {
                if state.lease.take().is_some() {
                    state.refused_at.extend((0..refusals).map(|_| now));
                }
                Ok(())
            });
            let _refused = given.await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    const WINDOW: Duration = Duration::from_secs(600);

    fn ledger(most: u32) -> SharedLedger {
        SharedLedger::new(Store::in_memory().unwrap().shelf, most, WINDOW, Duration::from_secs(60))
    }

    #[test]
    fn a_place_whose_relay_died_counts_as_all_that_it_might_have_met() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let _entered = runtime.enter();
        let ledger = ledger(3);
        let mut state = State::default();
        assert_eq!(ledger.take(&mut state, 1000), Ok(3));
        assert_eq!(ledger.take(&mut state, 1001), Err(NotNow::Busy));
        let ended = state.lease.unwrap().until;
        ledger.forget(&mut state, ended - 1);
        assert_eq!(ledger.take(&mut state, ended - 1), Err(NotNow::Busy));
        ledger.forget(&mut state, ended);
        assert_eq!(ledger.take(&mut state, ended), Err(NotNow::Spent(WINDOW)));
        let later = ended + 600_000;
        ledger.forget(&mut state, later);
        assert_eq!(ledger.take(&mut state, later), Ok(3));
    }
}
