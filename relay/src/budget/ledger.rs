//! Who counts sign-ins. This process by itself here; a store that several relays share can take its place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, ready};

use super::{Watch, accounts::Account};

/// Why an account can't be signed in to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// Somebody is signing in to it.
    Busy,
    /// It has met as many refusals as it may; the first of them is forgotten after this long.
    Spent(Duration),
    /// Nobody can say, and then nobody signs in.
    Unknown,
}

/// Keeps count of sign-ins. Whatever it can't tell for certain it refuses.
pub(crate) trait SignIns: Send + Sync {
    /// Takes the account's one place; gives the number of refusals that it may still meet, at least 1.
    ///
    /// A store elsewhere must give the place back by itself when a relay dies with it.
    fn begin(&self, account: Account) -> BoxFuture<'_, Result<u32, NotNow>>;

    /// Gives the place back, with the refusals that were met. Doesn't wait: it's called where a run is dropped.
    fn end(&self, account: Account, refusals: u32);
}

/// The ledger of a relay that works alone.
pub(crate) struct LocalLedger {
    most: usize,
    window: Duration,
    room: usize,
    watch: Watch,
    accounts: Mutex<HashMap<Account, State>>,
}

#[derive(Default)]
struct State {
    signing_in: bool,
    refused_at: Vec<Duration>,
}

impl LocalLedger {
    /// At most `most` refusals of an account within `window`, and at most `room` accounts remembered at a time.
    pub fn new(most: u32, window: Duration, room: usize, watch: Watch) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Self { most, window, room, watch, accounts: Mutex::default() }
    }

    fn take(&self, account: Account) -> Result<u32, NotNow> {
        let now = self.watch.now();
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= self.room && !accounts.contains_key(&account) {
            accounts.retain(|_, state| {
                state.signing_in || state.refused_at.iter().any(|at| *at + self.window > now)
            });
            if accounts.len() >= self.room {
                return Err(NotNow::Unknown);
            }
        }
        let state = accounts.entry(account).or_default();
        state.refused_at.retain(|at| *at + self.window > now);
        if state.signing_in {
            return Err(NotNow::Busy);
        }
        match (self.most - state.refused_at.len().min(self.most), state.refused_at.first()) {
            (0, Some(first)) => Err(NotNow::Spent((*first + self.window).saturating_sub(now))),
            (left, _) => {
                state.signing_in = true;
                Ok(u32::try_from(left).unwrap_or(u32::MAX))
            }
        }
    }
}

impl SignIns for LocalLedger {
    fn begin(&self, account: Account) -> BoxFuture<'_, Result<u32, NotNow>> {
        ready(self.take(account)).boxed()
    }

    fn end(&self, account: Account, refusals: u32) {
        let now = self.watch.now();
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = accounts.get_mut(&account) else { return };
        state.signing_in = false;
        state.refused_at.extend((0..refusals).map(|_| now));
        // Nothing is kept of accounts that met no refusal.
        if state.refused_at.is_empty() {
            accounts.remove(&account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{accounts::AccountKey, watch::Hand};

    const WINDOW: Duration = Duration::from_secs(600);

    fn ledger(room: usize, hand: &Hand) -> LocalLedger {
        LocalLedger::new(3, WINDOW, room, hand.watch())
    }

    fn account(user: &str) -> Account {
        static KEY: std::sync::OnceLock<AccountKey> = std::sync::OnceLock::new();
        let sign_in =
            probe::SignIn { lane: error_model::Lane::Imap, user, host: "h.example", verified: true };
        KEY.get_or_init(|| AccountKey::random().unwrap()).account(&sign_in)
    }

    #[test]
    fn an_account_has_one_place() {
        let ledger = ledger(10, &Hand::default());
        assert_eq!(ledger.take(account("anna")), Ok(3));
        assert_eq!(ledger.take(account("anna")), Err(NotNow::Busy));
        assert_eq!(ledger.take(account("otto")), Ok(3));
        ledger.end(account("anna"), 0);
        assert_eq!(ledger.take(account("anna")), Ok(3));
    }

    #[test]
    fn three_refusals_close_an_account_until_the_first_is_ten_minutes_old() {
        let hand = Hand::default();
        let ledger = ledger(10, &hand);
        for (refusals, left) in [(1, 3), (2, 2)] {
            assert_eq!(ledger.take(account("anna")), Ok(left));
            ledger.end(account("anna"), refusals);
            hand.forward(Duration::from_secs(60));
        }
        assert_eq!(ledger.take(account("anna")), Err(NotNow::Spent(Duration::from_secs(480))));
        hand.forward(Duration::from_secs(479));
        assert_eq!(ledger.take(account("anna")), Err(NotNow::Spent(Duration::from_secs(1))));
        hand.forward(Duration::from_secs(1));
        assert_eq!(ledger.take(account("anna")), Ok(1), "the other two are younger");
    }

    #[test]
    fn a_full_ledger_lets_nobody_new_in_and_forgets_what_is_over() {
        let hand = Hand::default();
        let ledger = ledger(2, &hand);
        for user in ["anna", "otto"] {
            ledger.take(account(user)).unwrap();
            ledger.end(account(user), 1);
        }
        assert_eq!(ledger.take(account("emma")), Err(NotNow::Unknown));
        assert_eq!(ledger.take(account("anna")), Ok(2), "who is in it stays in it");
        hand.forward(WINDOW);
        assert_eq!(ledger.take(account("emma")), Ok(3));
        assert_eq!(ledger.accounts.lock().unwrap().len(), 2, "anna, who is signing in, and emma");
    }

    #[test]
    fn nothing_is_kept_of_an_account_that_met_no_refusal() {
        let ledger = ledger(2, &Hand::default());
        ledger.take(account("anna")).unwrap();
        ledger.end(account("anna"), 0);
        assert_eq!(ledger.accounts.lock().unwrap().len(), 0);
    }
}
