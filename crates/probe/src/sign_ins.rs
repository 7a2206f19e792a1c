//! How often a run may be refused by an account: whoever runs many checks for many people sets it, so that nobody
//! guesses passwords through them or locks an account.

use std::sync::atomic::{AtomicU32, Ordering};

use error_model::Lane;
use tokio::sync::{Mutex, MutexGuard};

/// A sign-in that a run will try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn<'a> {
    /// Where.
    pub lane: Lane,
    /// The user name.
    pub user: &'a str,
    /// The host as typed.
    pub host: &'a str,
    /// It happens only where the host's certificate is in order.
    pub verified: bool,
}

/// The sign-ins of a run to one account: one at a time, and no further one after so many refusals.
#[derive(Debug)]
pub struct SignInBudget {
    most: u32,
    refusals: AtomicU32,
    turn: Mutex<()>,
}

impl SignInBudget {
    /// At most `most` refusals.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { most, refusals: AtomicU32::new(0), turn: Mutex::const_new(()) }
    }

    /// The refusals so far. A sign-in whose answer isn't known, or never came, counts as one.
    #[must_use]
    pub fn refusals(&self) -> u32 {
        self.refusals.load(Ordering::SeqCst)
    }

    /// Waits until no other sign-in is under way. `None`: as many were refused as may be.
    pub(crate) async fn turn(&self) -> Option<Turn<'_>> {
        let alone = self.turn.lock().await;
        if self.refusals() >= self.most {
            return None;
        }
        // Until the server has said yes it counts as refused: the run may be dropped at any time.
        self.refusals.fetch_add(1, Ordering::SeqCst);
        Some(Turn { budget: self, _alone: alone })
    }
}

/// The right to one sign-in.
pub(crate) struct Turn<'a> {
    budget: &'a SignInBudget,
    _alone: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    /// The server said yes.
    pub fn accepted(self) {
        self.budget.refusals.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sign_in_counts_as_refused_until_it_was_accepted() {
        let budget = SignInBudget::new(2);
        drop(budget.turn().await.unwrap());
        assert_eq!(budget.refusals(), 1, "dropped in the middle");
        budget.turn().await.unwrap().accepted();
        assert_eq!(budget.refusals(), 1);
        drop(budget.turn().await.unwrap());
        assert!(budget.turn().await.is_none(), "two were refused");
    }

    #[tokio::test]
    async fn one_sign_in_waits_for_the_other() {
        let budget = SignInBudget::new(2);
        let first = budget.turn().await.unwrap();
        let mut second = std::pin::pin!(budget.turn());
        assert!(futures::poll!(second.as_mut()).is_pending());
        first.accepted();
        assert!(second.await.is_some());
    }
}
