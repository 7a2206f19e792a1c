//! What all requests share.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use error_model::wire::{HelloLimits, RelayMessage};
use probe::Engine;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{admission::Admission, meter::Meter, origins::Origins};
use crate::{config::Settings, limits};

/// The relay as its handlers see it.
pub(super) struct Relay {
    pub engine: Arc<Engine>,
    pub admission: Arc<Admission>,
    pub meter: Arc<Meter>,
    pub origins: Origins,
    egress_addresses: Vec<IpAddr>,
    run_seconds: u64,
    /// Cancelled when the relay was asked to stop.
    pub stopping: CancellationToken,
    /// Connections and WebSockets that are still open.
    pub open: TaskTracker,
}

impl Relay {
    pub fn new(engine: Engine, settings: &Settings, listening: SocketAddr) -> Arc<Self> {
        Arc::new(Self {
            engine: Arc::new(engine),
            admission: Admission::new(settings.limits),
            meter: Meter::new(),
            origins: Origins::new(settings, listening),
            egress_addresses: settings.egress_addresses.clone(),
            run_seconds: settings.limits.run_seconds,
            stopping: CancellationToken::new(),
            open: TaskTracker::new(),
        })
    }

    /// The first message of a connection.
    pub fn hello(&self) -> RelayMessage {
        RelayMessage::Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            egress_addresses: self.egress_addresses.clone(),
            limits: HelloLimits {
                message_bytes: limits::MESSAGE_BYTES as u64,
                run_seconds: self.run_seconds,
            },
        }
    }
}

/// The address that a connection came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub IpAddr);
