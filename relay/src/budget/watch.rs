//! The time as budgets see it: since some moment in the past, never going back. Tests move it by hand.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use governor::clock::Clock;

/// A stopwatch that runs for as long as the process.
#[derive(Clone)]
pub(crate) struct Watch(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Watch {
    /// One that begins now.
    pub fn start() -> Self {
        let begun = Instant::now();
        Self(Arc::new(move || begun.elapsed()))
    }

    /// The time that has passed.
    pub fn now(&self) -> Duration {
        (self.0)()
    }
}

impl Clock for Watch {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Watch::now(self)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watch").field(&self.now()).finish()
    }
}

/// Moves a watch.
#[cfg(test)]
#[derive(Clone, Default)]
pub(crate) struct Hand(Arc<std::sync::Mutex<Duration>>);

#[cfg(test)]
impl Hand {
    pub fn watch(&self) -> Watch {
        let at = Arc::clone(&self.0);
        Watch(Arc::new(move || *at.lock().unwrap()))
    }

    pub fn forward(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}
