//! A host, parsed once by the rules of `url` and `idna`; everything later uses this value.

use std::net::IpAddr;

use error_model::{
    evidence::{HostFault, Observation},
    text::escape,
    typed::repair_host,
};

/// A name or an address that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// A host name in its ASCII form, lower case, without a final dot.
    Name(String),
    /// An address literal.
    Address(IpAddr),
}

impl Host {
    /// Reads a host as typed.
    ///
    /// # Errors
    /// [`Observation::HostInvalid`] with what was probably meant.
    pub fn parse(typed: &str) -> Result<Self, Box<Observation>> {
        let invalid =
            |fault, corrected| Box::new(Observation::HostInvalid { typed: escape(typed), fault, corrected });
        if let Some((fault, corrected)) = repair_host(typed) {
            return Err(invalid(fault, corrected));
        }
        let bare = typed.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
        if let Ok(address) = bare.parse() {
            return Ok(Self::Address(address));
        }
        match url::Host::parse(bare) {
            Ok(url::Host::Domain(name))
                if fits_into_dns(&name) && is_of_host_names(&name) && stands_as_typed(&name) =>
            {
                Ok(Self::Name(name))
            }
            Ok(url::Host::Ipv4(address)) => {
                Err(invalid(HostFault::AddressLiteral, Some(address.to_string())))
            }
            Ok(url::Host::Ipv6(_) | url::Host::Domain(_)) | Err(_) => {
                Err(invalid(HostFault::Characters, None))
            }
        }
    }
}

/// The lengths of RFC 1035 §2.3.4, held against the ASCII form: it's longer than what was typed.
fn fits_into_dns(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()))
}

/// The characters of RFC 1123 §2.1, and the underscore that some hosts have. Held against the ASCII form: `㈂` becomes more
/// than one character, brackets among them.
fn is_of_host_names(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether the ASCII form would be taken as it is by whoever types it: characters that IDNA leaves out (UTS 46 §4, step 1) can
/// hide what would have been repaired.
fn stands_as_typed(name: &str) -> bool {
    repair_host(name).is_none() && url::Host::parse(name).is_ok_and(|again| again == url::Host::Domain(name))
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ascii_and_addresses_stay() {
        assert_eq!(Host::parse("IMAP.Example.com.").unwrap(), Host::Name("imap.example.com".into()));
        assert_eq!(Host::parse("メール.example").unwrap(), Host::Name("xn--4dkua4c.example".into()));
        assert_eq!(Host::parse("[2001:db8::1]").unwrap(), Host::Address("2001:db8::1".parse().unwrap()));
    }

    #[test]
    fn a_label_that_its_ascii_form_makes_too_long_is_refused() {
        let label = format!("bü{}", "a".repeat(54));
        assert!(matches!(Host::parse(&format!("{label}.example")), Ok(Host::Name(_))));
        // Found by fuzzing: the label is short enough as typed, and `xn--…` isn't.
        assert!(Host::parse(&format!("{label}aaaa.example")).is_err());
        assert!(Host::parse(&vec!["ü".repeat(40); 9].join(".")).is_err());
    }

    #[test]
    fn a_character_that_turns_into_brackets_is_refused() {
        // Found by fuzzing: the ASCII form was `xn--()co-5ir`, which nobody could type again.
        assert!(Host::parse("㈂co").is_err());
        assert!(matches!(Host::parse("imap_1.example"), Ok(Host::Name(_))));
    }

    #[test]
    fn characters_that_are_left_out_hide_nothing() {
        // Found by fuzzing: without the joiners it's a name that is taken for another one when it's typed.
        assert!(Host::parse("m-\u{34f}.egoma\u{34f}\u{34f}.egoma\u{34f}.").is_err());
        assert_eq!(Host::parse("im\u{34f}ap.example").unwrap(), Host::Name("imap.example".into()));
    }

    #[test]
    fn disguised_addresses_are_never_names() {
        for typed in
            ["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "①②⑦.0.0.1", "127.0.0.1%2f", "[::1%25eth0]"]
        {
            assert!(Host::parse(typed).is_err(), "{typed}");
        }
    }
}
