//! Bytes to write to the server: wiped when dropped, never shown.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::zeroize::Zeroizing;

/// Bytes for the caller to write, in order and completely.
///
/// They may carry a password or a token: `Debug` shows the length only, there is no `Clone`, and the memory is wiped
/// on drop.
#[derive(PartialEq, Eq)]
pub struct Outgoing(Zeroizing<Vec<u8>>);

impl Outgoing {
    /// The bytes, for the socket and for nothing else.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Joins `parts` in one allocation of the final size, so that no copy of a secret is left behind by growth.
    pub(crate) fn join(parts: &[&[u8]]) -> Self {
        let mut bytes = Zeroizing::new(Vec::with_capacity(parts.iter().map(|part| part.len()).sum()));
        for part in parts {
            bytes.extend_from_slice(part);
        }
        Self(bytes)
    }

    /// `raw` in base64 (RFC 4648, 4), without a line end.
    pub(crate) fn base64(raw: &[u8]) -> Self {
        let mut bytes = Zeroizing::new(vec![0; raw.len().div_ceil(3) * 4]);
        let written = STANDARD.encode_slice(raw, &mut bytes).unwrap_or_default();
        bytes.truncate(written);
        Self(bytes)
    }
}

impl AsRef<[u8]> for Outgoing {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Outgoing;

    #[test]
    fn base64_has_padding_and_no_line_breaks() {
        for (raw, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(Outgoing::base64(raw.as_bytes()).as_bytes(), encoded.as_bytes());
        }
        assert_eq!(Outgoing::base64(&[b'x'; 300]).as_bytes().len(), 400);
    }

    #[test]
    fn debug_does_not_show_the_bytes() {
        assert_eq!(format!("{:?}", Outgoing::join(&[b"a1 LOGIN ", b"hunter2"])), "Outgoing(16 bytes)");
    }
}
