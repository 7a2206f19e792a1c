//! A listener whose every connection plays a script.

use std::{
    future::Future,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::net::TcpListener;

use super::{
    identity::Identity,
    ledger::{Heard, Ledger},
    wire::Wire,
};

/// A misbehaving server; it goes with the runtime of its test.
pub struct Peer {
    address: SocketAddr,
    identity: Arc<Identity>,
    ledger: Ledger,
}

impl Peer {
    /// Plays `script` to everybody who comes, with a certificate in order.
    pub async fn start<F, P>(script: F) -> Self
    where
        F: Fn(Wire) -> P + Send + Sync + 'static,
        P: Future<Output = io::Result<()>> + Send + 'static,
    {
        Self::start_as(Identity::good, script).await
    }

    /// Plays `script` to the first who comes, and shows the door to the follow-ups.
    pub async fn once<F, P>(script: F) -> Self
    where
        F: Fn(Wire) -> P + Send + Sync + 'static,
        P: Future<Output = io::Result<()>> + Send + 'static,
    {
        Self::once_as(Identity::good, script).await
    }

    /// Like [`Peer::once`], with a certificate of the test's choice.
    pub async fn once_as<F, P>(identity: impl FnOnce(Ipv4Addr) -> Identity, script: F) -> Self
    where
        F: Fn(Wire) -> P + Send + Sync + 'static,
        P: Future<Output = io::Result<()>> + Send + 'static,
    {
        let script = Arc::new(script);
        Self::start_as(identity, move |wire| {
            let script = Arc::clone(&script);
            async move { if wire.connection == 0 { script(wire).await } else { Ok(()) } }
        })
        .await
    }

    /// Like [`Peer::start`], with a certificate of the test's choice.
    pub async fn start_as<F, P>(identity: impl FnOnce(Ipv4Addr) -> Identity, script: F) -> Self
    where
        F: Fn(Wire) -> P + Send + Sync + 'static,
        P: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind((own_address(), 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let SocketAddr::V4(v4) = address else { unreachable!("it was bound to an IPv4 address") };
        let identity = Arc::new(identity(*v4.ip()));
        let ledger = Ledger::default();
        let (pages, shown) = (ledger.clone(), Arc::clone(&identity));
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let connection = pages.open();
                // A client that hangs up in the middle is what most scripts are for.
                tokio::spawn(script(Wire::new(tcp, pages.clone(), connection, Arc::clone(&shown))));
            }
        });
        Self { address, identity, ledger }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its certificate.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What it has received.
    pub fn heard(&self) -> Vec<Heard> {
        self.ledger.read()
    }

    /// How many connections came.
    pub fn connections(&self) -> usize {
        self.ledger.read().len()
    }
}

/// An address that no other peer of this process has. The blocks of the lab end below, so nothing listens there on a
/// mail port, where the follow-ups knock.
fn own_address() -> Ipv4Addr {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let [high, low] = u16::try_from(std::process::id() % 0xffff).unwrap_or_default().to_be_bytes();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    Ipv4Addr::new(127, 253, high.wrapping_add(low), u8::try_from(count % 250).unwrap_or_default() + 2)
}
