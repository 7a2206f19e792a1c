//! One run of the engine with its messages, for the terminal and for the service alike.

use std::pin::Pin;
use std::sync::Arc;

use error_model::wire::RelayMessage;
use probe::{Engine, Request};
use tokio::sync::mpsc;

use crate::limits;

/// A run under way. Dropping it stops the run at once, sockets included: nothing of it is spawned elsewhere.
pub struct Run {
    work: Pin<Box<dyn Future<Output = ()> + Send>>,
    working: bool,
    messages: mpsc::Receiver<RelayMessage>,
}

impl Run {
    /// Prepares a run; it goes on while somebody waits for its next message.
    #[must_use]
    pub fn new(engine: Arc<Engine>, request: Request) -> Self {
        let (sender, messages) = mpsc::channel(limits::QUEUE);
        // The evidence has gone out as messages already.
        let work = Box::pin(async move { drop(engine.run(request, sender).await) });
        Self { work, working: true, messages }
    }

    /// The next message; `done` is the last, and `None` comes after it. Waiting can be given up and taken up again.
    pub async fn next(&mut self) -> Option<RelayMessage> {
        loop {
            tokio::select! {
                biased;
                message = self.messages.recv() => return message,
                () = &mut self.work, if self.working => self.working = false,
            }
        }
    }
}
