//! How much the relay does for whom: runs for one client, runs against one target, and sign-ins to one account.
//!
//! All of it forgets: what has no effect any more is dropped, and a table that is full refuses instead of growing.

mod accounts;
mod client;
mod ledger;
mod rate;
mod shared;
mod target;
mod watch;

use aws_lc_rs::{
    hmac::{HMAC_SHA256, Key},
    rand::SystemRandom,
};

pub(crate) use accounts::{Account, AccountKey};
pub(crate) use client::Client;
pub(crate) use ledger::{LocalLedger, NotNow, SignIns};
pub(crate) use rate::{Rate, Wait};
pub(crate) use shared::SharedLedger;
pub(crate) use target::Target;
#[cfg(test)]
pub(crate) use watch::Hand;
pub(crate) use watch::Watch;

/// The system has no randomness to make a key of.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers")]
pub(crate) struct NoRandomness;

/// A key that nobody knows, for as long as the process lives.
pub(crate) fn secret_key() -> Result<Key, NoRandomness> {
    Key::generate(HMAC_SHA256, &SystemRandom::new()).map_err(|_| NoRandomness)
}
