//! What a person or the system asks of the process: to stop, or to read its certificate again.
//!
//! They are listened for before anybody is told that the relay is there, so that none of them is lost.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// A person (interrupt) or the system (SIGTERM) asks the process to stop.
#[cfg(unix)]
pub(super) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

/// SIGHUP asks the process to read its certificate again. Unheard, the signal would end it.
#[cfg(unix)]
pub(super) struct Reload(Signal);

/// Begins to listen.
///
/// # Errors
/// Where the system has no room for a handler.
#[cfg(unix)]
pub(super) fn listen() -> io::Result<(Stop, Reload)> {
    let stop =
        Stop { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? };
    Ok((stop, Reload(signal(SignalKind::hangup())?)))
}

#[cfg(unix)]
impl Stop {
    /// The next time that it's asked for.
    pub async fn asked(&mut self) {
        tokio::select! {
            _any = self.interrupt.recv() => {}
            _any = self.terminate.recv() => {}
        }
    }
}

#[cfg(unix)]
impl Reload {
    /// Calls `reload` each time that it's asked for.
    pub async fn each(&mut self, reload: impl Fn()) {
        while self.0.recv().await.is_some() {
            reload();
        }
    }
}

/// Elsewhere there is the interrupt at the keyboard only.
#[cfg(not(unix))]
pub(super) struct Stop;

/// Elsewhere nobody can ask for it.
#[cfg(not(unix))]
pub(super) struct Reload;

/// Begins to listen.
#[cfg(not(unix))]
pub(super) fn listen() -> io::Result<(Stop, Reload)> {
    Ok((Stop, Reload))
}

#[cfg(not(unix))]
impl Stop {
    /// The next time that it's asked for.
    pub async fn asked(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

#[cfg(not(unix))]
impl Reload {
    /// Never.
    pub async fn each(&mut self, _reload: impl Fn()) {
        std::future::pending().await
    }
}
