//! What a server says to EHLO (RFC 5321, 4.1.1.1): its name and its extensions.

use super::Reply;

/// The server's name and extensions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The name that it gives itself.
    pub domain: Vec<u8>,
    /// The extensions, in the server's order. None after HELO.
    pub keywords: Vec<Keyword>,
    /// The SASL mechanisms of `AUTH` and of the old form `AUTH=`, each once, as they were written.
    pub auth_mechanisms: Vec<Vec<u8>>,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    /// Its name, as it was written.
    pub name: Vec<u8>,
    /// The words behind it.
    pub arguments: Vec<Vec<u8>>,
}

impl Capabilities {
    /// Whether the extension is offered, in capitals or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.keywords.iter().any(|keyword| keyword.name.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// Whether STARTTLS is offered (RFC 3207).
    #[must_use]
    pub fn starttls(&self) -> bool {
        self.has("STARTTLS")
    }

    /// Whether commands may be sent before replies have come (RFC 2920).
    #[must_use]
    pub fn pipelining(&self) -> bool {
        self.has("PIPELINING")
    }

    /// Reads the answer to EHLO, or to HELO, which has one line.
    pub(super) fn from_reply(reply: &Reply) -> Self {
        let mut lines = reply.lines.iter().map(|line| words(line));
        let domain = lines.next().and_then(|first| first.into_iter().next()).unwrap_or_default();
        let keywords: Vec<Keyword> = lines.filter_map(keyword).collect();
        let mut auth_mechanisms: Vec<Vec<u8>> = Vec::new();
        for mechanism in keywords.iter().flat_map(mechanisms) {
            if !auth_mechanisms.iter().any(|known| known.eq_ignore_ascii_case(mechanism)) {
                auth_mechanisms.push(mechanism.to_vec());
            }
        }
        Self { domain, keywords, auth_mechanisms }
    }
}

fn words(line: &[u8]) -> Vec<Vec<u8>> {
    let words = line.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
    words.map(<[u8]>::to_vec).collect()
}

fn keyword(mut words: Vec<Vec<u8>>) -> Option<Keyword> {
    if words.is_empty() {
        return None;
    }
    let arguments = words.split_off(1);
    Some(Keyword { name: words.pop()?, arguments })
}

/// The mechanisms of `AUTH PLAIN LOGIN` and `AUTH=PLAIN LOGIN`.
fn mechanisms(keyword: &Keyword) -> impl Iterator<Item = &[u8]> {
    let (name, first) = match keyword.name.iter().position(|&byte| byte == b'=') {
        Some(equals) => (&keyword.name[..equals], &keyword.name[equals + 1..]),
        None => (keyword.name.as_slice(), &[][..]),
    };
    let is_auth = name.eq_ignore_ascii_case(b"AUTH");
    let all = std::iter::once(first).chain(keyword.arguments.iter().map(Vec::as_slice));
    all.filter(move |mechanism| is_auth && !mechanism.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Capabilities;
    use crate::smtp::Reply;

    fn read(lines: &[&str]) -> Capabilities {
        let lines = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        Capabilities::from_reply(&Reply { code: 250, enhanced: None, lines, codes_differ: false })
    }

    #[test]
    fn both_forms_of_auth_are_understood_and_each_mechanism_listed_once() {
        let read =
            read(&["mx_1.example.com Hello", "auth=LOGIN PLAIN", "AUTH plain XOAUTH2", "", "SIZE 35882577"]);
        assert_eq!(read.domain, b"mx_1.example.com");
        assert_eq!(read.auth_mechanisms, [&b"LOGIN"[..], b"PLAIN", b"XOAUTH2"]);
        assert!(read.has("size") && !read.starttls() && !read.pipelining());
    }

    #[test]
    fn helo_has_no_extensions() {
        assert_eq!(read(&["mx.example.com"]).keywords, []);
        assert_eq!(read(&[""]), Capabilities::default());
    }
}
