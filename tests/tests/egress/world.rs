//! The namespace with a name server, and a trap at every address for the ports that a run may dial.

use std::net::{IpAddr, SocketAddr, TcpListener};

use error_model::{
    Evidence,
    discovery::Discovery,
    evidence::Observation,
    wire::{ClientMessage, RelayMessage},
};
use probe::{Engine, Options, Request, egress::Policy};
use serde_json::json;
use tests::namespace::Namespace;
use tokio::{
    net::TcpSocket,
    sync::mpsc,
    time::{Duration, timeout},
};
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::dns::Zone;

/// The name server. It's named by the operator, so that the policy has no say in it.
pub const RESOLVER: &str = "9.9.9.9:53";
/// Ports that runs, discovery and fetches use.
const PORTS: [u16; 8] = [25, 80, 143, 443, 465, 587, 993, 2525];
/// As long as a connection to this machine may take to be there.
pub const SHORT: Duration = Duration::from_millis(500);
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a test sees of the namespace that it runs in.
pub struct World<'a> {
    namespace: &'a Namespace,
    traps: Vec<TcpListener>,
}

/// Runs a test inside a namespace of its own, with these names.
pub fn within<T: Send>(zone: Zone, test: impl AsyncFnOnce(&World<'_>) -> T + Send) -> T {
    let namespace = Namespace::new();
    namespace.enter(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            zone.serve(RESOLVER.parse().expect("an address")).await;
            let traps = PORTS.map(|port| listen(&format!("[::]:{port}"))).into();
            let world = World { namespace: &namespace, traps };
            timeout(PATIENCE, test(&world)).await.expect("the test ends")
        })
    })
}

/// A listener beside which others may listen at an address of their own, and get the connections to it.
pub fn listen(address: &str) -> TcpListener {
    let address: SocketAddr = address.parse().expect("an address");
    let socket = if address.is_ipv6() { TcpSocket::new_v6() } else { TcpSocket::new_v4() };
    let socket = socket.expect("sockets can be made");
    socket.set_reuseport(true).and_then(|()| socket.bind(address)).expect("the port is free");
    socket.listen(128).and_then(tokio::net::TcpListener::into_std).expect("a bound socket can listen")
}

impl World<'_> {
    /// Where connections led that no server of the test took. What was dialled before is in it for certain: the kernel
    /// puts a connection into the trap's queue while it's dialled.
    pub fn caught(&self) -> Vec<SocketAddr> {
        let mut caught = Vec::new();
        for trap in &self.traps {
            while let Ok((stream, _)) = trap.accept() {
                let local = stream.local_addr().expect("a connection has two ends");
                caught.push(SocketAddr::new(local.ip().to_canonical(), local.port()));
            }
        }
        caught
    }

    /// Nothing was dialled that no server of the test took, and no packet went to a denied range.
    pub fn assert_untouched(&self, why: &str) {
        assert_eq!(self.caught(), [], "{why}");
        assert_eq!(self.packets(), 0, "{why}");
    }

    /// The same, but for the other usual ports of the server that was asked: a follow-up tries them.
    pub fn assert_untouched_beside(&self, server: &str, why: &str) {
        let server: IpAddr = server.parse().expect("an address");
        let beyond: Vec<_> = self.caught().into_iter().filter(|caught| caught.ip() != server).collect();
        assert_eq!(beyond, [], "{why}");
        assert_eq!(self.packets(), 0, "{why}");
    }

    /// Packets to denied ranges so far.
    pub fn packets(&self) -> u64 {
        self.namespace.packets_to_denied_ranges()
    }

    /// Gives the machine an address of its own.
    pub fn add_address(&self, address: &str) {
        self.namespace.add_address(address);
    }
}

/// An engine that asks the test's name server.
pub fn engine(policy: Policy) -> Engine {
    engine_trusting(policy, Vec::new())
}

/// The same, with a root that it trusts.
pub fn engine_trusting(policy: Policy, trust_anchors: Vec<CertificateDer<'static>>) -> Engine {
    let resolver = Some(RESOLVER.parse().expect("an address"));
    Engine::new(Options { policy, resolver, trust_anchors, ..Options::default() }).expect("an engine")
}

/// Checks `host` as an IMAP server with TLS.
pub async fn run(engine: &Engine, host: &str) -> Evidence {
    let message = json!({"type": "start", "request": {
        "email": "anna@example.test",
        "imap": {"host": host, "port": 993, "security": "tls"},
    }});
    let Ok(ClientMessage::Start(start)) = serde_json::from_value(message) else { panic!("not a start") };
    let request = Request::new(*start, engine.policy()).unwrap_or_else(|p| panic!("{}", p.message));
    let (sender, mut messages) = mpsc::channel::<RelayMessage>(256);
    let reading = async { while messages.recv().await.is_some() {} };
    tokio::join!(engine.run(request, sender), reading).0
}

/// Looks for the settings of `anna@DOMAIN`.
pub async fn discover(engine: &Engine, domain: &str) -> Discovery {
    engine.discover(&format!("anna@{domain}")).await.expect("an address")
}

/// Every address that was denied.
pub fn denied(evidence: &Evidence) -> Vec<IpAddr> {
    let addresses = evidence.observations.iter().filter_map(|o| match &o.observation {
        Observation::AddressDenied { address, .. } => Some(*address),
        _ => None,
    });
    addresses.collect()
}
