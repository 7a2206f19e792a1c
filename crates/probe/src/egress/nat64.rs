//! NAT64: IPv6 addresses that a translator turns into IPv4 (RFC 6052). Behind one, a denied IPv4 address has a second
//! name in IPv6, so the embedded address is what counts.

use std::{net::Ipv4Addr, net::Ipv6Addr, str::FromStr};

use ipnet::Ipv6Net;

/// A prefix whose addresses are translated to IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nat64(Ipv6Net);

/// A prefix that no translator can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a NAT64 prefix is an IPv6 network of 32, 40, 48, 56, 64 or 96 bits (RFC 6052 §2.2), like 64:ff9b::/96"
)]
pub struct NotNat64;

impl FromStr for Nat64 {
    type Err = NotNat64;

    fn from_str(text: &str) -> Result<Self, NotNat64> {
        let network: Ipv6Net = text.parse().map_err(|_| NotNat64)?;
        let usual = matches!(network.prefix_len(), 32 | 40 | 48 | 56 | 64 | 96);
        usual.then(|| Self(network.trunc())).ok_or(NotNat64)
    }
}

impl std::fmt::Display for Nat64 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Nat64 {
    /// Whether the translator takes this address.
    #[must_use]
    pub fn contains(&self, address: Ipv6Addr) -> bool {
        self.0.contains(&address)
    }

    /// The IPv4 address that an address of this prefix stands for. `None`: bits 64 to 71 aren't zero, and what
    /// translators make of that is theirs.
    #[must_use]
    pub fn embedded(&self, address: Ipv6Addr) -> Option<Ipv4Addr> {
        let octets = address.octets();
        if octets[8] != 0 {
            return None;
        }
        // The four octets follow the prefix and leave out octet 8 (RFC 6052 §2.2).
        let start = usize::from(self.0.prefix_len() / 8);
        let mut inside = (start..).filter(|index| *index != 8).map(|index| octets.get(index).copied());
        let mut next = || inside.next().flatten();
        Some(Ipv4Addr::new(next()?, next()?, next()?, next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_6052_stand_for_their_address() {
        for (prefix, address) in [
            ("2001:db8::/32", "2001:db8:c000:221::"),
            ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
            ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
            ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
            ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
            ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
            ("64:ff9b::/96", "64:ff9b::192.0.2.33"),
        ] {
            let nat64: Nat64 = prefix.parse().unwrap();
            let address: Ipv6Addr = address.parse().unwrap();
            assert!(nat64.contains(address), "{prefix}");
            assert_eq!(nat64.embedded(address), Some(Ipv4Addr::new(192, 0, 2, 33)), "{prefix}");
        }
    }

    #[test]
    fn an_address_that_translators_may_read_differently_stands_for_none() {
        let nat64: Nat64 = "2001:db8:122:344::/64".parse().unwrap();
        assert_eq!(nat64.embedded("2001:db8:122:344:1c0:2:2100::".parse().unwrap()), None);
    }

    #[test]
    fn other_prefixes_are_refused() {
        for prefix in ["64:ff9b::/95", "64:ff9b::", "10.0.0.0/8", "::/0", "2001:db8::/128", ""] {
            assert_eq!(prefix.parse::<Nat64>(), Err(NotNat64), "{prefix}");
        }
    }
}
