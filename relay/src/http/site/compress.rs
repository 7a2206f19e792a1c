//! Compressed copies of what is made at the start, by whoever asks first. An empty copy stands for 'none': a client then gets another one.

use std::io::Write;

use axum::body::Bytes;
use brotli::CompressorWriter;
use flate2::{Compression, write::GzEncoder};

/// Half the time of the highest quality, for pages that are 2 % larger: about 20 ms for each. The ones below 10 take no less,
/// for their tables are larger than our files.
const BROTLI_QUALITY: u32 = 10;
/// The smallest and the largest window of the format (RFC 7932 §9.1).
const WINDOW_BITS: std::ops::RangeInclusive<u32> = 10..=22;
const BUFFER: usize = 64 * 1024;

/// As `br`.
pub fn brotli(bytes: &[u8]) -> Bytes {
    // A window beyond the end of the file would only cost memory.
    let window = bytes.len().next_power_of_two().ilog2().clamp(*WINDOW_BITS.start(), *WINDOW_BITS.end());
    let mut writer = CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, window);
    match writer.write_all(bytes) {
        Ok(()) => writer.into_inner().into(),
        Err(_) => Bytes::new(),
    }
}

/// As `gzip`.
pub fn gzip(bytes: &[u8]) -> Bytes {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(bytes).and_then(|()| writer.finish()).unwrap_or_default().into()
}
