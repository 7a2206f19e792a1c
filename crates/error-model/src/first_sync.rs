//! How long a first sync takes: by what servers usually do, or by how fast this one was seen to hand mail over.

/// Most messages a second that a first sync reads, from an idle server, and fewest, from a busy one.
const FAST: u64 = 50;
const SLOW: u64 = 5;
/// Bytes a second, likewise.
const FAST_BYTES: u64 = 5_000_000;
const SLOW_BYTES: u64 = 500_000;
/// A sync reads whole messages, where only the beginnings of their headers were read here: up to so many times slower.
const WHOLE_MESSAGES: u64 = 4;

/// From a first sync of this many seconds on, people take it for a fault.
pub(crate) const LONG: u64 = 3_600;

/// How long it takes, in seconds: not less, and not more unless the server slows down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Estimate {
    pub fast: u64,
    pub slow: u64,
}

/// What was read of a mailbox to see how fast that goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    pub read: u32,
    pub octets: u64,
    pub elapsed_ms: u64,
}

impl Sample {
    /// Messages in a thousand seconds; `None` where none came.
    pub fn pace(self) -> Option<u64> {
        (self.read > 0).then(|| u64::from(self.read) * 1_000_000 / self.elapsed_ms.max(1))
    }
}

/// By what servers usually do. Whichever takes longer counts: many messages, or large ones.
pub(crate) fn usual(messages: u32, bytes: u64) -> Estimate {
    let at = |rate: u64, bytes_rate: u64| (u64::from(messages) / rate).max(bytes / bytes_rate);
    Estimate { fast: at(FAST, FAST_BYTES), slow: at(SLOW, SLOW_BYTES) }
}

/// By the speed that was measured; `None` where nothing came. However fast the server is, no sync is faster than [`FAST`].
pub(crate) fn measured(messages: u32, bytes: u64, sample: Sample) -> Option<Estimate> {
    let pace = sample.pace()?.clamp(1, FAST * 1_000);
    let by_number = u64::from(messages).saturating_mul(1_000) / pace;
    // Headers are short: large messages come at least as fast.
    let at_least = sample.octets.saturating_mul(1_000) / sample.elapsed_ms.max(1);
    Some(Estimate {
        fast: by_number.max(bytes / FAST_BYTES),
        slow: (by_number * WHOLE_MESSAGES).max(bytes / at_least.clamp(SLOW_BYTES, FAST_BYTES)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn sample(read: u32, octets: u64, elapsed_ms: u64) -> Sample {
        Sample { read, octets, elapsed_ms }
    }

    #[test]
    fn a_slow_server_takes_longer_than_servers_usually_do() {
        // Two messages a second.
        let slow = measured(10_000, 0, sample(10, 20_000, 5_000)).unwrap();
        assert_eq!((slow.fast, slow.slow), (5_000, 20_000));
        assert!(slow.slow > usual(10_000, 0).slow);
    }

    #[test]
    fn a_fast_server_narrows_the_estimate_but_no_sync_is_faster_than_any() {
        let fast = measured(20_000, 0, sample(300, 600_000, 20)).unwrap();
        let usual = usual(20_000, 0);
        assert_eq!(fast.fast, usual.fast);
        assert!(fast.slow < usual.slow);
    }

    #[test]
    fn large_messages_count_by_their_bytes() {
        let heavy = measured(10, 9_000_000_000, sample(10, 20_000, 100)).unwrap();
        assert_eq!((heavy.fast, heavy.slow), (1_800, 18_000));
        let at_a_megabyte = measured(10, 9_000_000_000, sample(10, 1_000_000, 1_000)).unwrap();
        assert_eq!(at_a_megabyte.slow, 9_000);
    }

    #[test]
    fn nothing_and_everything_are_reckoned_with() {
        assert_eq!(measured(10, 0, sample(0, 0, 5_000)), None);
        measured(u32::MAX, u64::MAX, sample(u32::MAX, u64::MAX, 0)).unwrap();
        measured(u32::MAX, u64::MAX, sample(1, 0, u64::MAX)).unwrap();
    }
}
