//! One watcher's way through a case: what is stored, then what comes, each event once.

use std::collections::VecDeque;
use std::sync::Arc;

use error_model::case::CaseEvent;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{CaseId, CaseLog, Unavailable};
use crate::limits;

/// A watcher of one case. It holds no more than a page of the log and a short queue: who falls behind that is told, and
/// continues with another subscription after the last `seq`.
pub(crate) struct Subscription {
    case: CaseId,
    last: u64,
    /// Subscribed before the log is read: what is appended meanwhile is in the one, in the other, or in both.
    live: Receiver<Arc<CaseEvent>>,
    page: VecDeque<CaseEvent>,
    reading: bool,
}

/// What a subscription gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Next {
    /// An event.
    Event(Arc<CaseEvent>),
    /// All that was stored has been given.
    Current,
    /// The watcher was too slow.
    Behind,
    /// The case is gone.
    Over,
}

impl Subscription {
    pub(super) fn new(case: CaseId, after: u64, live: Receiver<Arc<CaseEvent>>) -> Self {
        Self { case, last: after, live, page: VecDeque::new(), reading: true }
    }

    /// The next event. Waiting can be given up and taken up again.
    ///
    /// # Errors
    /// [`Unavailable`], where the log can't be read now.
    pub async fn next(&mut self, log: &dyn CaseLog) -> Result<Next, Unavailable> {
        if self.page.is_empty() && self.reading {
            let page = log.read(self.case, self.last, limits::PAGE_EVENTS).await?;
            self.page = page.into();
        }
        if let Some(event) = self.page.pop_front() {
            self.last = event.seq;
            return Ok(Next::Event(Arc::new(event)));
        }
        if self.reading {
            self.reading = false;
            return Ok(Next::Current);
        }
        loop {
            match self.live.recv().await {
                Ok(event) if event.seq <= self.last => {}
                Ok(event) => {
                    self.last = event.seq;
                    return Ok(Next::Event(event));
                }
                Err(RecvError::Lagged(_)) => return Ok(Next::Behind),
                Err(RecvError::Closed) => return Ok(Next::Over),
            }
        }
    }
}
