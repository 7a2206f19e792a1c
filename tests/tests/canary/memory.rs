//! The memory of another process, as far as it can be read.

use std::fs::File;
use std::os::unix::fs::FileExt;

/// What is read at a time.
const PIECE: usize = 4 << 20;
/// Pieces overlap by more than the longest needle, so that none is cut.
const OVERLAP: usize = 4096;

/// Calls `look` with every piece of the process's readable memory, until it gives something.
///
/// # Panics
/// When the process's memory can't be read: that takes root, as the lab does.
pub fn search<T>(process: u32, mut look: impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).expect("the process lives");
    let memory = File::open(format!("/proc/{process}/mem")).expect("root reads any process's memory");
    let mut piece = vec![0; PIECE];
    let mut read = 0;
    for (start, end) in maps.lines().filter_map(readable) {
        let mut at = start;
        while at < end {
            let length = usize::try_from(end - at).unwrap_or(PIECE).min(PIECE);
            // The kernel's own pages stand in the table and can't be read.
            let Ok(length) = memory.read_at(&mut piece[..length], at) else { break };
            if length == 0 {
                break;
            }
            read += length;
            if let Some(seen) = look(&piece[..length]) {
                return Some(seen);
            }
            at += u64::try_from(length.saturating_sub(OVERLAP).max(1)).unwrap_or(u64::MAX);
            if length <= OVERLAP {
                break;
            }
        }
    }
    assert!(read > 1 << 20, "hardly any memory of the process could be read: {read} bytes");
    None
}

/// The range of a line such as `7f00-7f80 rw-p …`, where it may be read.
fn readable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (start, end) = range.split_once('-')?;
    let bound = |hex| u64::from_str_radix(hex, 16).ok();
    rest.starts_with('r').then_some((bound(start)?, bound(end)?))
}
