//! A clock that moves only when a script moves it, so that a busy machine changes nothing.

use std::{io, sync::mpsc, time::Duration};

use tokio::{task::yield_now, time::advance};

use super::wire::Wire;

/// Holds tokio's paused clock still. Left to itself it runs ahead whenever everybody waits for a socket: it doesn't see
/// that bytes are on their way through the kernel.
pub struct Clock {
    _held: mpsc::Sender<()>,
}

impl Clock {
    /// Holds it for as long as the value lives. For tests with `start_paused = true`.
    pub fn hold() -> Self {
        let (held, release) = mpsc::channel();
        // The clock doesn't run ahead while there is work on a thread of its own.
        tokio::task::spawn_blocking(move || release.recv());
        Self { _held: held }
    }
}

impl Wire {
    /// Says `text` a byte at a time, five seconds apart.
    pub async fn drip(&mut self, text: &str) -> io::Result<()> {
        for byte in text.bytes() {
            self.say([byte]).await?;
            pass(Duration::from_secs(5)).await;
        }
        Ok(())
    }

    /// Says `text` after so many seconds.
    pub async fn say_late(&mut self, seconds: u64, text: &str) -> io::Result<()> {
        for _ in 0..seconds {
            pass(Duration::from_secs(1)).await;
        }
        self.say(text).await
    }

    /// Says `text` again and again, five seconds apart, until the client has gone.
    pub async fn drip_on(&mut self, text: &str) -> io::Result<()> {
        loop {
            self.say(text).await?;
            pass(Duration::from_secs(5)).await;
        }
    }

    /// Says nothing while time passes, until the client has gone.
    pub async fn outwait(&mut self) -> io::Result<()> {
        loop {
            tokio::select! {
                biased;
                gone = self.skip(1) => gone?,
                () = pass(Duration::from_millis(500)) => {}
            }
        }
    }
}

/// Lets time pass, after everybody had a chance to hear what was said.
pub(super) async fn pass(time: Duration) {
    for _ in 0..8 {
        yield_now().await;
    }
    advance(time).await;
}
