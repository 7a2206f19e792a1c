//! One address and port at which a server answers: what every program of the lab is told.

use std::net::SocketAddr;

use super::ca::Files;

/// Where a server answers, and how it behaves there.
pub struct Listener<B> {
    /// Where it listens.
    pub address: SocketAddr,
    /// TLS from the first byte.
    pub implicit_tls: bool,
    /// The certificate for this address.
    pub files: Files,
    /// What sets this address apart from the program's others.
    pub behaviour: B,
}

/// A server that has been started and may not be ready yet.
pub struct Starting {
    /// Where it greets, or accepts, when it's ready.
    pub addresses: Vec<SocketAddr>,
    /// What it says while it starts.
    pub log: std::path::PathBuf,
}

impl Starting {
    /// Returns when every address accepts connections.
    pub fn wait(self) {
        for address in self.addresses {
            super::process::wait_for_listener(address, &self.log);
        }
    }
}

/// The addresses of all listeners.
pub fn addresses<B>(listeners: &[Listener<B>]) -> Vec<SocketAddr> {
    listeners.iter().map(|listener| listener.address).collect()
}
