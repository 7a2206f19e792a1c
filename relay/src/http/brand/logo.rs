//! The operator's logo: an SVG or PNG file, served from our own origin under a name that holds its hash.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};

use crate::random::hex;

/// Largest file, in bytes: it is part of every page.
const SIZE: usize = 64 * 1024;
/// What a PNG file begins with (RFC 2083 §12.12).
const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Where every logo is, below the site's root.
pub const PREFIX: &str = "assets/logo-";

/// What a logo may do where somebody opens it by itself: look like something.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// Reads the file; gives its path below the site's root and its bytes.
///
/// # Errors
/// Says why it can't be used.
pub fn read(file: &Path) -> Result<(String, Vec<u8>), String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    if bytes.len() > SIZE {
        return Err(format!("the file has {} bytes, more than {SIZE}", bytes.len()));
    }
    let svg = || std::str::from_utf8(&bytes).is_ok_and(|text| text.contains("<svg"));
    let kind = match () {
        () if bytes.starts_with(&PNG) => "png",
        () if svg() => "svg",
        () => return Err("the file is neither SVG nor PNG".to_owned()),
    };
    let hash = hex(&digest(&SHA256, &bytes).as_ref()[..8]);
    Ok((format!("{PREFIX}{hash}.{kind}"), bytes))
}
