//! Who may run at the same time: a bound for the relay, and one for each client.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use error_model::wire::{Problem, ProblemCode};

use crate::{budget::Client, config::Limits, limits};

/// Counts the runs under way.
#[derive(Debug)]
pub(super) struct Admission {
    most: Limits,
    running: Mutex<Running>,
}

#[derive(Debug, Default)]
struct Running {
    all: usize,
    by_client: HashMap<Client, usize>,
}

impl Admission {
    pub fn new(most: Limits) -> Arc<Self> {
        Arc::new(Self { most, running: Mutex::default() })
    }

    /// A permit for one run, given back when it's dropped.
    ///
    /// # Errors
    /// A [`Problem`] where the relay or the client is at its bound.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Permit, Problem> {
        let client = Client::of(address);
        let mut running = self.running();
        if running.all >= self.most.runs {
            return Err(refusal(ProblemCode::Overloaded, "All checks that can run at a time are running."));
        }
        let own = running.by_client.entry(client).or_default();
        if *own >= self.most.runs_per_client {
            let message = format!("{own} checks of yours are running: wait for one of them to end.");
            return Err(refusal(ProblemCode::RateLimited, message));
        }
        *own += 1;
        running.all += 1;
        Ok(Permit { admission: Arc::clone(self), client })
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A refusal for a while.
fn refusal(code: ProblemCode, message: impl Into<String>) -> Problem {
    Problem { code, message: message.into(), field: None, retry_after_s: Some(limits::RETRY_AFTER_SECONDS) }
}

/// The right to one run.
#[derive(Debug)]
pub(super) struct Permit {
    admission: Arc<Admission>,
    client: Client,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut running = self.admission.running();
        running.all = running.all.saturating_sub(1);
        if let Some(own) = running.by_client.get_mut(&self.client) {
            *own -= 1;
            // Nothing is kept of clients that have gone.
            if *own == 0 {
                running.by_client.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(runs: usize, runs_per_client: usize) -> Arc<Admission> {
        Admission::new(Limits { runs, runs_per_client, ..Limits::default() })
    }

    fn refused(admission: &Arc<Admission>, address: &str) -> ProblemCode {
        admission.admit(address.parse().unwrap()).unwrap_err().code
    }

    #[test]
    fn a_client_has_a_bound_of_its_own() {
        let admission = admission(10, 1);
        let held = admission.admit("192.0.2.1".parse().unwrap()).unwrap();
        assert_eq!(refused(&admission, "192.0.2.1"), ProblemCode::RateLimited);
        assert_eq!(refused(&admission, "::ffff:192.0.2.1"), ProblemCode::RateLimited);
        assert!(admission.admit("192.0.2.2".parse().unwrap()).is_ok());
        drop(held);
        assert!(admission.admit("192.0.2.1".parse().unwrap()).is_ok());
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one_client() {
        let admission = admission(10, 1);
        let _held = admission.admit("2001:db8:0:1::1".parse().unwrap()).unwrap();
        assert_eq!(refused(&admission, "2001:db8:0:1:ffff::2"), ProblemCode::RateLimited);
        assert!(admission.admit("2001:db8:0:2::1".parse().unwrap()).is_ok());
    }

    #[test]
    fn the_relay_as_a_whole_has_a_bound() {
        let admission = admission(1, 1);
        let _held = admission.admit("192.0.2.1".parse().unwrap()).unwrap();
        assert_eq!(refused(&admission, "192.0.2.2"), ProblemCode::Overloaded);
    }

    #[test]
    fn nothing_is_kept_of_clients_that_have_gone() {
        let admission = admission(10, 2);
        drop(admission.admit("192.0.2.1".parse().unwrap()).unwrap());
        let running = admission.running();
        assert_eq!((running.all, running.by_client.len()), (0, 0));
    }
}
