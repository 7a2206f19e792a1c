//! The addresses that a lab has for itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::hosts::{self, Family, Host};

/// A block `127.B.0.0/16` that this process has for itself.
pub struct Network {
    block: u8,
    /// Another lab that tries to take the same block fails to bind this.
    _claim: TcpListener,
}

impl Network {
    /// Takes a block that no other lab has.
    pub fn claim() -> Self {
        let start = std::process::id();
        (0..250u32)
            .find_map(|attempt| {
                let block = u8::try_from((start + attempt) % 250 + 2).expect("at most 251");
                let claim = TcpListener::bind((Ipv4Addr::new(127, block, 0, 1), 1)).ok()?;
                Some(Self { block, _claim: claim })
            })
            .expect("the lab binds ports below 1024, which needs root, and one free block of 127.0.0.0/8")
    }

    /// An address for the lab's own use.
    pub fn own(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(127, self.block, 0, last)
    }

    /// Where the issuer of tokens answers in clear.
    pub fn issuer(&self) -> SocketAddr {
        SocketAddr::from((self.own(82), 82))
    }

    /// The address of a host, by its place in the table.
    pub fn host(&self, name: &str) -> IpAddr {
        let index = hosts::all().position(|host| host.name == name);
        let index = index.unwrap_or_else(|| panic!("the lab has no host {name}"));
        match hosts::all().nth(index).map(|host| host.family) {
            Some(Family::V6) => Ipv6Addr::LOCALHOST.into(),
            _ => Ipv4Addr::new(127, self.block, 1, u8::try_from(index + 1).expect("fewer than 255 hosts"))
                .into(),
        }
    }

    /// Where a service of a host listens. `::1` is one address for all labs, so each has one port of its own there,
    /// whatever the table says.
    pub fn listen(&self, host: &Host, port: u16) -> SocketAddr {
        let port = if host.family == Family::V6 { self.port_on_ipv6() } else { port };
        SocketAddr::from((self.host(host.name), port))
    }

    /// Below the ports that Linux gives to clients (32768 and up).
    pub fn port_on_ipv6(&self) -> u16 {
        30_000 + u16::from(self.block)
    }

    /// Every host with its address.
    pub fn hosts(&self) -> Vec<(&'static str, IpAddr)> {
        hosts::all().map(|host| (host.name, self.host(host.name))).collect()
    }
}
