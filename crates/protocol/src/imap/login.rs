//! The LOGIN command (RFC 9051, 6.2.3), in as many parts as its literals need.

use std::collections::VecDeque;

use secrecy::ExposeSecret;

use crate::{Outgoing, sasl::Credentials};

/// Strings longer than this go as literals.
const LONGEST_QUOTED: usize = 512;

/// The command, cut where the server must first agree to a literal. Strings that aren't plain ASCII must be literals.
pub(super) fn parts(tag: &str, credentials: &Credentials) -> VecDeque<Outgoing> {
    let (user, secret) = (credentials.user().as_bytes(), credentials.secret().expose_secret().as_bytes());
    let mut parts = VecDeque::new();
    let mut part = Outgoing::join(&[tag.as_bytes(), b" LOGIN "]);
    for (string, after) in [(user, &b" "[..]), (secret, b"\r\n")] {
        if let Some(quoted) = quoted(string) {
            part = Outgoing::join(&[part.as_bytes(), quoted.as_bytes(), after]);
        } else {
            let announcement = format!("{{{}}}\r\n", string.len());
            parts.push_back(Outgoing::join(&[part.as_bytes(), announcement.as_bytes()]));
            part = Outgoing::join(&[string, after]);
        }
    }
    parts.push_back(part);
    parts
}

/// A quoted string, where one can hold it.
pub(super) fn quoted(string: &[u8]) -> Option<Outgoing> {
    if !string.is_ascii() || string.len() > LONGEST_QUOTED {
        return None;
    }
    let mut pieces: Vec<&[u8]> = vec![b"\""];
    for piece in string.split_inclusive(|byte| matches!(byte, b'"' | b'\\')) {
        match piece {
            [head @ .., special @ (b'"' | b'\\')] => {
                pieces.extend([head, b"\\", std::slice::from_ref(special)]);
            }
            plain => pieces.push(plain),
        }
    }
    pieces.push(b"\"");
    Some(Outgoing::join(&pieces))
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::sasl::Credentials;

    #[track_caller]
    fn check(user: &str, password: &str, expected: &[&str]) {
        let credentials = Credentials::password(user, password.into()).expect("sendable");
        let parts: Vec<_> = parts("t1", &credentials).iter().map(|part| part.as_bytes().to_vec()).collect();
        assert_eq!(parts, expected.iter().map(|part| part.as_bytes().to_vec()).collect::<Vec<_>>());
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        check("tim", r#"a"b\c d"#, &["t1 LOGIN \"tim\" \"a\\\"b\\\\c d\"\r\n"]);
    }

    #[test]
    fn what_is_not_ascii_waits_for_the_server_as_a_literal() {
        check("tim", "naïve", &["t1 LOGIN \"tim\" {6}\r\n", "naïve\r\n"]);
        check("jürgen", "x", &["t1 LOGIN {7}\r\n", "jürgen \"x\"\r\n"]);
        check("利用者", "鍵", &["t1 LOGIN {9}\r\n", "利用者 {3}\r\n", "鍵\r\n"]);
    }
}
