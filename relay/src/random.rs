//! Randomness, hashes and texts of secrets that the relay itself makes up: tokens, sessions, codes.

use std::fmt::Write as _;

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};

pub(crate) use crate::budget::NoRandomness;

/// So many random bytes.
///
/// # Errors
/// [`NoRandomness`], where the system has none.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A secret of 256 random bits, as text. Nobody can guess it, so that its plain hash may be stored.
///
/// # Errors
/// [`NoRandomness`], where the system has none.
pub(crate) fn secret() -> Result<String, NoRandomness> {
    random::<32>().map(|bytes| hex(&bytes))
}

/// The form in which a secret of [`secret`] is stored and looked up: its SHA-256.
pub(crate) fn hashed(secret: &str) -> String {
    hex(digest(&SHA256, secret.as_bytes()).as_ref())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A string takes any text.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
