//! The capabilities that a server lists (RFC 9051, 7.2.2).

use std::fmt;

/// Capability names, in the server's order and writing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Capabilities(Vec<Vec<u8>>);

impl Capabilities {
    /// Reads what stands behind `CAPABILITY`. Any number of spaces separates the names; the list may be empty.
    pub(crate) fn parse(list: &[u8]) -> Self {
        let names = list.split(|byte| byte.is_ascii_whitespace()).filter(|name| !name.is_empty());
        Self(names.map(<[u8]>::to_vec).collect())
    }

    /// The names as they were written.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Whether `name` is listed, in capitals or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|listed| listed.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The SASL mechanisms, from `AUTH=…`.
    pub fn auth_mechanisms(&self) -> impl Iterator<Item = &[u8]> {
        self.names().filter_map(|name| {
            let (prefix, mechanism) = name.split_at_checked(5)?;
            (prefix.eq_ignore_ascii_case(b"AUTH=") && !mechanism.is_empty()).then_some(mechanism)
        })
    }

    /// Whether the LOGIN command is refused here (RFC 9051, 6.2.3).
    #[must_use]
    pub fn login_disabled(&self) -> bool {
        self.has("LOGINDISABLED")
    }

    /// Whether STARTTLS is offered (RFC 9051, 6.2.1).
    #[must_use]
    pub fn starttls(&self) -> bool {
        self.has("STARTTLS")
    }

    /// Whether AUTHENTICATE takes an initial response (RFC 4959; part of RFC 9051).
    #[must_use]
    pub fn initial_response(&self) -> bool {
        self.has("SASL-IR") || self.has("IMAP4rev2")
    }
}

impl fmt::Debug for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|name| String::from_utf8_lossy(name))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Capabilities;

    #[test]
    fn odd_spacing_and_small_letters_are_understood() {
        let capabilities = Capabilities::parse(b"imap4rev1  starttls auth=plain AUTH= AUTH=XOAUTH2 ");
        assert_eq!(capabilities.names().count(), 5);
        assert!(capabilities.starttls() && !capabilities.login_disabled());
        let mechanisms: Vec<_> = capabilities.auth_mechanisms().collect();
        assert_eq!(mechanisms, [&b"plain"[..], b"XOAUTH2"]);
        assert_eq!(Capabilities::parse(b"").names().count(), 0);
    }
}
