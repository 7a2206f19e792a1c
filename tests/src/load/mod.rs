//! Load on one relay, on this machine only and bounded in count and time: idle WebSockets, runs at once, clients that don't
//! read, clients that go. What is measured is the relay's own memory and what its clients wait for.

mod peer;
mod process;
mod scenario;
mod watchers;

pub use scenario::{Figures, disconnects, idle, runs_at_once, runs_in_flight, stalled};
pub use watchers::watchers;

use std::time::Duration;

use peer::Peer;
use process::Process;

/// Longest wait for anything here: whoever waits so long has found a fault.
const PATIENCE: Duration = Duration::from_secs(120);

/// A relay and the mail server that its runs check.
pub struct Bench {
    relay: Process,
    peer: Peer,
}

impl Bench {
    /// Starts both.
    ///
    /// # Panics
    /// When one of them doesn't start.
    pub async fn start() -> Self {
        let peer = Peer::start().await;
        let relay = Process::start(&peer, &[]);
        Self { relay, peer }
    }
}
