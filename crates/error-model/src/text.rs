//! Words of a server: bytes with a cap, shown escaped, never trusted.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a server said. Kept as bytes, at most [`ServerText::CAP`]; its only text form is escaped, so that it can
/// reach HTML text nodes, terminals and exports without carrying control sequences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerText(Vec<u8>);

impl ServerText {
    /// The most bytes kept of one piece of server text.
    pub const CAP: usize = 2048;

    /// Keeps the first [`Self::CAP`] bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes[..bytes.len().min(Self::CAP)].to_vec())
    }

    /// The bytes as the server sent them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in ASCII lower case for comparing; bytes that aren't UTF-8 become U+FFFD.
    #[must_use]
    pub fn lowercase(&self) -> String {
        String::from_utf8_lossy(&self.0).to_lowercase()
    }
}

impl From<&str> for ServerText {
    fn from(text: &str) -> Self {
        Self::new(text.as_bytes())
    }
}

/// Whether a character could move the cursor, hide text or reorder it: C0, C1, and the bidi and zero-width controls.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// Shows any text with its controls as escapes (`\u{202e}`, `\n`) and its backslashes doubled.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            c if is_control(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

impl std::fmt::Display for ServerText {
    /// The escaped form: controls as `\r`, `\u{1b}`, bytes that aren't UTF-8 as `\xNN`, a backslash doubled.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(&escape(chunk.valid()))?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for ServerText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ServerText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&unescape(&String::deserialize(deserializer)?)))
    }
}

/// The reverse of the escaped form; an escape that nobody wrote stays as it is.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        let (bytes, used) = one_escape(rest).unwrap_or_else(|| (b"\\".to_vec(), 1));
        out.extend_from_slice(&bytes);
        rest = &rest[used..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// Reads one escape at the start of `text`: its bytes, and how much of `text` it used.
fn one_escape(text: &str) -> Option<(Vec<u8>, usize)> {
    let byte = |b: u8| Some((vec![b], 2));
    match text.as_bytes().get(1)? {
        b'\\' => byte(b'\\'),
        b'n' => byte(b'\n'),
        b'r' => byte(b'\r'),
        b't' => byte(b'\t'),
        b'x' => Some((vec![u8::from_str_radix(text.get(2..4)?, 16).ok()?], 4)),
        b'u' => {
            let inner = text.strip_prefix("\\u{")?;
            let end = inner.find('}')?;
            let c = char::from_u32(u32::from_str_radix(&inner[..end], 16).ok()?)?;
            Some((c.to_string().into_bytes(), end + 4))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_and_foreign_bytes_are_shown_not_sent() {
        let hostile = ServerText::new(b"220 \x1b[31mred\xe8\xaf\r\n\xe2\x80\xaegnp.exe\\");
        assert_eq!(hostile.to_string(), r"220 \u{1b}[31mred\xe8\xaf\r\n\u{202e}gnp.exe\\");
    }

    proptest! {
        #[test]
        fn the_escaped_form_reads_back_to_the_same_bytes(bytes: Vec<u8>) {
            let text = ServerText::new(&bytes);
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<ServerText>(&json).unwrap(), text);
        }

        #[test]
        fn the_escaped_form_holds_no_control(bytes: Vec<u8>) {
            prop_assert!(!ServerText::new(&bytes).to_string().chars().any(is_control));
        }
    }
}
