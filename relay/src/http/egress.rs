//! What the service may dial, put together from its settings, and said aloud where that is more than usual.

use std::io;

use probe::egress::{Policy, own_addresses};

use crate::config::Settings;

/// The addresses of this machine can't be read, so that nothing would keep the relay from dialling itself.
#[derive(Debug, thiserror::Error)]
#[error("the addresses of this machine can't be read: {0}")]
pub(super) struct NoAddresses(#[from] io::Error);

/// The policy of the settings. It denies the relay's own addresses: those of this machine, and those that others see.
pub(super) fn policy(settings: &Settings) -> Result<Policy, NoAddresses> {
    let own = own_addresses()?.into_iter().chain(settings.egress_addresses.iter().copied());
    Ok(Policy::new(settings.allow_net.clone(), settings.allow_port.clone())
        .deny(settings.deny_net.iter().copied())
        .translate(settings.nat64.iter().copied())
        .protect(own))
}

/// Says what the operator opened beyond the default, one warning for each network and port.
pub(super) fn warn_of_openings(settings: &Settings) {
    for network in &settings.allow_net {
        tracing::warn!(%network, "allow_net: whoever can use this relay can reach mail ports of this network");
    }
    for port in &settings.allow_port {
        tracing::warn!(
            port,
            "allow_port: whoever can use this relay can reach this port of any allowed address"
        );
    }
}
