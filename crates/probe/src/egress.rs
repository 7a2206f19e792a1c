//! What may be dialled. [`AllowedAddr`] has one constructor, here; nothing else in the workspace opens a socket to a
//! host that somebody named.

mod ranges;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use error_model::evidence::DeniedClass;
use ipnet::{IpNet, Ipv6Net};

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

/// The egress policy: the deny list, the mail ports, and what the operator lifts.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    allowed_networks: Vec<IpNet>,
    additional_ports: Vec<u16>,
}

impl Policy {
    /// A policy that lifts the deny list for some networks and allows some ports besides the mail ports.
    #[must_use]
    pub fn new(allowed_networks: Vec<IpNet>, additional_ports: Vec<u16>) -> Self {
        Self { allowed_networks, additional_ports }
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
        let allowed = AllowedAddr(SocketAddr::new(address, port));
        if self.allowed_networks.iter().any(|network| network.contains(&address)) {
            return Ok(allowed);
        }
        match denied(address) {
            Some(denied) => Err(denied),
            None => Ok(allowed),
        }
    }
}

fn denied(address: IpAddr) -> Option<Denied> {
    let listed = ranges::DENIED
        .iter()
        .find(|(network, ..)| network.parse::<IpNet>().is_ok_and(|network| network.contains(&address)));
    if let Some((_, class, range)) = listed {
        return Some(Denied { class: *class, range: (*range).to_owned() });
    }
    match address {
        IpAddr::V4(_) => None,
        IpAddr::V6(v6) => (!global_unicast().contains(&v6)).then(|| Denied {
            class: DeniedClass::Reserved,
            range: "outside of 2000::/3, the only global unicast space (RFC 4291)".to_owned(),
        }),
    }
}

fn global_unicast() -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(address: &str) -> Option<DeniedClass> {
        Policy::default().allow(address.parse().unwrap(), 993).err().map(|d| d.class)
    }

    #[test]
    fn every_range_parses_and_denies_its_first_and_last_address() {
        for (network, _, range) in ranges::DENIED {
            let network: IpNet = network.parse().unwrap();
            for address in [network.network(), network.broadcast()] {
                assert!(Policy::default().allow(address, 993).is_err(), "{address} {range}");
            }
        }
    }

    #[test]
    fn addresses_inside_a_company_or_a_cloud_are_denied() {
        for (address, class) in [
            ("127.0.0.1", DeniedClass::Loopback),
            ("10.1.2.3", DeniedClass::Private),
            ("169.254.169.254", DeniedClass::Private),
            ("168.63.129.16", DeniedClass::Private),
            ("::ffff:127.0.0.1", DeniedClass::Reserved),
            ("::127.0.0.1", DeniedClass::Reserved),
            ("64:ff9b::7f00:1", DeniedClass::Reserved),
            ("2002:7f00:1::1", DeniedClass::Reserved),
            ("fd00:ec2::254", DeniedClass::Private),
            ("4000::1", DeniedClass::Reserved),
        ] {
            assert_eq!(class_of(address), Some(class), "{address}");
        }
    }

    #[test]
    fn mail_servers_of_the_internet_are_allowed() {
        for address in ["142.250.102.108", "2a00:1450:4025:c03::6c", "52.97.201.194", "8.8.8.8"] {
            assert_eq!(class_of(address), None, "{address}");
        }
    }

    #[test]
    fn an_operator_may_lift_a_network_and_nothing_beside_it() {
        let policy = Policy::new(vec!["10.1.0.0/16".parse().unwrap()], vec![10993]);
        assert!(policy.allow("10.1.2.3".parse().unwrap(), 993).is_ok());
        assert!(policy.allow("10.2.2.3".parse().unwrap(), 993).is_err());
        assert!(policy.allows_port(10993) && policy.allows_port(25) && !policy.allows_port(22));
    }
}
