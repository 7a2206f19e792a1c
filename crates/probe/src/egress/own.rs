//! The addresses of this machine, which a relay must not be talked into dialling.

use std::{io, net::IpAddr};

/// Every address of every interface, loopback left out: the deny list has it already.
///
/// # Errors
/// Where the system doesn't tell.
pub fn own_addresses() -> io::Result<Vec<IpAddr>> {
    let interfaces = if_addrs::get_if_addrs()?;
    Ok(interfaces.iter().map(if_addrs::Interface::ip).filter(|address| !address.is_loopback()).collect())
}
