//! Whom a run is against, as far as limits go.

use std::net::IpAddr;

use probe::host::Host;

/// A registrable domain with all of its hosts, or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Address(IpAddr),
    Domain(String),
}

impl Target {
    /// `None`: the host isn't one, so that nothing is dialled.
    pub fn of(host: &str) -> Option<Self> {
        match Host::parse(host).ok()? {
            Host::Address(address) => Some(Self::Address(address)),
            Host::Name(name) => {
                let registrable = psl::domain_str(&name).map(str::to_owned);
                Some(Self::Domain(registrable.unwrap_or(name)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_one_domain_are_one_target() {
        let domain = |name: &str| Some(Target::Domain(name.to_owned()));
        for (host, target) in [
            ("imap.example.com", domain("example.com")),
            ("SMTP.Example.com.", domain("example.com")),
            ("mail.example.co.jp", domain("example.co.jp")),
            ("192.0.2.1", Some(Target::Address("192.0.2.1".parse().unwrap()))),
            ("0xc0000201", None),
        ] {
            assert_eq!(Target::of(host), target, "{host}");
        }
    }
}
