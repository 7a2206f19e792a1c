//! The address that settings are looked up for.

use crate::host::Host;

/// The address can't be asked about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} isn't an e-mail address: it needs the form name@example.com")]
pub struct NotAnAddress(pub String);

/// The longest address (RFC 5321 §4.5.3.1.3, without the brackets), bytes.
const LONGEST: usize = 254;

/// An address cut at its last `@`, the domain in its ASCII form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub whole: String,
    pub local: String,
    pub domain: String,
}

impl Address {
    pub fn parse(email: &str) -> Result<Self, NotAnAddress> {
        let whole = email.trim();
        let not = || NotAnAddress(error_model::text::escape(whole).chars().take(LONGEST).collect());
        let (local, domain) =
            whole.rsplit_once('@').filter(|(local, _)| !local.is_empty()).ok_or_else(not)?;
        if whole.len() > LONGEST || whole.chars().any(error_model::text::is_control) {
            return Err(not());
        }
        match Host::parse(domain) {
            Ok(Host::Name(domain)) if domain.contains('.') => {
                Ok(Self { whole: whole.to_owned(), local: local.to_owned(), domain })
            }
            _ => Err(not()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_at_its_last_at_and_its_domain_becomes_ascii() {
        let address = Address::parse(" \"a@b\"@例え.jp ").unwrap();
        assert_eq!((address.local.as_str(), address.domain.as_str()), ("\"a@b\"", "xn--r8jz45g.jp"));
        let long = format!("{}@example.com", "a".repeat(LONGEST));
        for wrong in [
            "anna",
            "@example.com",
            "anna@",
            "anna@localhost",
            "anna@127.0.0.1",
            "anna@a b.example",
            "an\u{0}na@example.com",
            "anna@example.com\u{202e}",
            long.as_str(),
        ] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }
}
