//! What may be dialled. [`AllowedAddr`] has one constructor, here; nothing else in the workspace opens a socket to a
//! host that somebody named.

mod nat64;
mod own;
mod ranges;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use error_model::evidence::DeniedClass;
use ipnet::{IpNet, Ipv6Net};

pub use nat64::{Nat64, NotNat64};
pub use own::own_addresses;

/// The ports of mail services; an operator may add others.
pub const MAIL_PORTS: [u16; 6] = [25, 143, 465, 587, 993, 2525];

/// An address and port that the policy allows. There is no other way to get one than [`Policy::allow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AllowedAddr(SocketAddr);

impl AllowedAddr {
    /// The address to dial.
    #[must_use]
    pub fn get(self) -> SocketAddr {
        self.0
    }
}

/// Why an address isn't dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The kind of network.
    pub class: DeniedClass,
    /// The network's name, with its source.
    pub range: String,
}

impl Denied {
    fn new(class: DeniedClass, range: impl Into<String>) -> Self {
        Self { class, range: range.into() }
    }
}

/// The egress policy: the deny list, the mail ports, and what the operator lifts or denies besides.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    allowed_networks: Vec<IpNet>,
    additional_ports: Vec<u16>,
    denied_networks: Vec<IpNet>,
    own_addresses: Vec<IpAddr>,
    translators: Vec<Nat64>,
}

impl Policy {
    /// A policy that lifts the deny list for some networks and allows some ports besides the mail ports.
    #[must_use]
    pub fn new(allowed_networks: Vec<IpNet>, additional_ports: Vec<u16>) -> Self {
        Self { allowed_networks, additional_ports, ..Self::default() }
    }

    /// Denies further networks, whatever is lifted.
    #[must_use]
    pub fn deny(mut self, networks: impl IntoIterator<Item = IpNet>) -> Self {
        self.denied_networks.extend(networks);
        self
    }

    /// Denies the addresses of the relay itself. Lifting a network around one doesn't lift it; naming it alone does.
    #[must_use]
    pub fn protect(mut self, own: impl IntoIterator<Item = IpAddr>) -> Self {
        self.own_addresses.extend(own);
        self
    }

    /// Names prefixes that a translator turns into IPv4: an address there is judged by the one that it stands for.
    #[must_use]
    pub fn translate(mut self, prefixes: impl IntoIterator<Item = Nat64>) -> Self {
        self.translators.extend(prefixes);
        self
    }

    /// Whether runs may use this port.
    #[must_use]
    pub fn allows_port(&self, port: u16) -> bool {
        MAIL_PORTS.contains(&port) || self.additional_ports.contains(&port)
    }

    /// The ports that runs may use, for error messages.
    #[must_use]
    pub fn ports(&self) -> Vec<u16> {
        MAIL_PORTS.into_iter().chain(self.additional_ports.iter().copied()).collect()
    }

    /// The one constructor of [`AllowedAddr`].
    ///
    /// # Errors
    /// [`Denied`] where the address lies in a denied network that the operator hasn't lifted.
    pub fn allow(&self, address: IpAddr, port: u16) -> Result<AllowedAddr, Denied> {
        match self.denied(address) {
            Some(denied) => Err(denied),
            None => Ok(AllowedAddr(SocketAddr::new(address, port))),
        }
    }

    fn denied(&self, address: IpAddr) -> Option<Denied> {
        if self.denied_networks.iter().any(|network| network.contains(&address)) {
            return Some(Denied::new(DeniedClass::Private, "denied by the relay's configuration"));
        }
        let lifting = |network: &&IpNet| network.contains(&address);
        let named_alone = |network: &IpNet| network.prefix_len() == network.max_prefix_len();
        let mut lifted = self.allowed_networks.iter().filter(lifting).peekable();
        if self.own_addresses.contains(&address.to_canonical()) && !lifted.clone().any(named_alone) {
            return Some(Denied::new(DeniedClass::Loopback, "an address of the relay itself"));
        }
        if lifted.peek().is_some() {
            return None;
        }
        if let IpAddr::V6(v6) = address
            && let Some(translator) = self.translators.iter().find(|prefix| prefix.contains(v6))
        {
            return match translator.embedded(v6) {
                Some(v4) => self.denied(v4.into()),
                None => Some(Denied::new(DeniedClass::Reserved, format!("NAT64 {translator} (RFC 6052)"))),
            };
        }
        ranges::denied(address).or_else(|| outside_global_unicast(address))
    }
}

fn outside_global_unicast(address: IpAddr) -> Option<Denied> {
    let IpAddr::V6(v6) = address else { return None };
    let range = "outside of 2000::/3, the only global unicast space (RFC 4291)";
    (!global_unicast().contains(&v6)).then(|| Denied::new(DeniedClass::Reserved, range))
}

fn global_unicast() -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> IpNet {
        text.parse().unwrap()
    }

    fn range(policy: &Policy, address: &str) -> Option<String> {
        policy.allow(address.parse().unwrap(), 993).err().map(|denied| denied.range)
    }

    #[test]
    fn an_operator_may_lift_a_network_and_nothing_beside_it() {
        let policy = Policy::new(vec![net("10.1.0.0/16")], vec![10993]);
        assert_eq!(range(&policy, "10.1.2.3"), None);
        assert_eq!(range(&policy, "10.2.2.3").as_deref(), Some("Private-Use (RFC 1918)"));
        assert!(policy.allows_port(10993) && policy.allows_port(25) && !policy.allows_port(22));
    }

    #[test]
    fn what_an_operator_denies_stays_denied_inside_a_lifted_network() {
        let policy =
            Policy::new(vec![net("10.0.0.0/8")], vec![]).deny([net("10.9.0.0/16"), net("8.8.8.0/24")]);
        assert_eq!(range(&policy, "10.8.0.1"), None);
        for address in ["10.9.0.1", "8.8.8.8"] {
            assert_eq!(range(&policy, address).as_deref(), Some("denied by the relay's configuration"));
        }
    }

    #[test]
    fn the_relay_itself_is_lifted_only_where_it_is_named_alone() {
        let own: [IpAddr; 2] = ["9.9.9.9".parse().unwrap(), "10.0.0.5".parse().unwrap()];
        let denied = Some("an address of the relay itself");
        let policy = Policy::new(vec![net("10.0.0.0/8"), net("::ffff:0:0/96")], vec![]).protect(own);
        for address in ["9.9.9.9", "10.0.0.5", "::ffff:10.0.0.5"] {
            assert_eq!(range(&policy, address).as_deref(), denied, "{address}");
        }
        assert_eq!(range(&policy, "10.0.0.6"), None);
        let policy = Policy::new(vec![net("10.0.0.5/32")], vec![]).protect(own);
        assert_eq!(range(&policy, "10.0.0.5"), None);
        assert_eq!(range(&policy, "9.9.9.9").as_deref(), denied);
    }

    #[test]
    fn behind_a_translator_the_embedded_address_is_judged() {
        let policy =
            Policy::default().translate(["64:ff9b::/96", "2a00:64::/32"].map(|p| p.parse().unwrap()));
        for (address, expected) in [
            ("64:ff9b::8.8.8.8", None),
            ("64:ff9b::169.254.169.254", Some("Link-Local (RFC 3927)")),
            ("2a00:64:808:808::", None),
            ("2a00:64:a00:1::", Some("Private-Use (RFC 1918)")),
            ("2a00:64:7f00:1::", Some("Loopback (RFC 1122)")),
            ("2a00:64:808:808:ff00::", Some("NAT64 2a00:64::/32 (RFC 6052)")),
            ("64:ff9b:1::8.8.8.8", Some("NAT64 local-use (RFC 8215)")),
        ] {
            assert_eq!(range(&policy, address).as_deref(), expected, "{address}");
        }
    }
}
