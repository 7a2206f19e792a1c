//! So many a minute for each key, by the generic cell rate algorithm: a burst at first, then one at a time.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{Quota, RateLimiter, middleware::NoOpMiddleware, state::keyed::HashMapStateStore};

use super::Watch;

/// Why nothing can be taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// The key has used its share up, for this long.
    For(Duration),
    /// There are so many keys that no further one can be counted.
    Full,
}

/// A budget for each key.
pub(crate) struct Rate<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, HashMapStateStore<K>, Watch, NoOpMiddleware<Duration>>,
    watch: Watch,
    /// Keys that are remembered at a time.
    room: usize,
}

impl<K: Hash + Eq + Clone> Rate<K> {
    pub fn per_minute(most: NonZeroU32, room: usize, watch: Watch) -> Self {
        let limiter =
            RateLimiter::new(Quota::per_minute(most), HashMapStateStore::new(HashMap::new()), watch.clone());
        Self { limiter, watch, room }
    }

    /// Takes one for this key.
    ///
    /// # Errors
    /// How long to wait, where it has none left.
    pub fn take(&self, key: &K) -> Result<(), Wait> {
        if self.limiter.len() >= self.room {
            // Forgets keys whose share is whole again: a fresh start is the same.
            self.limiter.retain_recent();
            if self.limiter.len() >= self.room {
                return Err(Wait::Full);
            }
        }
        self.limiter.check_key(key).map_err(|until| Wait::For(until.wait_time_from(self.watch.now())))
    }

    #[cfg(test)]
    pub fn keys(&self) -> usize {
        self.limiter.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::watch::Hand;

    fn rate(most: u32, room: usize, hand: &Hand) -> Rate<u32> {
        Rate::per_minute(NonZeroU32::new(most).unwrap(), room, hand.watch())
    }

    #[test]
    fn of_a_thousand_requests_at_once_a_key_gets_its_share_and_another_key_its_own() {
        let hand = Hand::default();
        let rate = rate(30, 100, &hand);
        let taken = |key| (0..1000).filter(|_| rate.take(&key).is_ok()).count();
        assert_eq!((taken(1), taken(2)), (30, 30));
        assert_eq!(rate.take(&1), Err(Wait::For(Duration::from_secs(2))));
        hand.forward(Duration::from_secs(20));
        assert_eq!(taken(1), 10);
        hand.forward(Duration::from_secs(3600));
        assert_eq!(taken(1), 30, "what isn't taken doesn't pile up");
    }

    #[test]
    fn a_full_table_refuses_and_forgets_what_has_no_effect_any_more() {
        let hand = Hand::default();
        let rate = rate(30, 10, &hand);
        let taken = (0..1000).filter(|key| rate.take(key).is_ok()).count();
        assert_eq!((taken, rate.keys()), (10, 10));
        assert_eq!(rate.take(&5000), Err(Wait::Full));
        hand.forward(Duration::from_secs(60));
        assert_eq!(rate.take(&5000), Ok(()));
        assert_eq!(rate.keys(), 1);
    }
}
