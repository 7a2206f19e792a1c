//! A way to the relay that can be cut and mended: what lies between a person's browser and the service.

use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Passes connections on to a relay at an address of its own.
pub struct Wire {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    relay: Mutex<SocketAddr>,
    /// New connections end at once.
    down: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Wire {
    /// The address at which it will stand, taken before the relay starts, which has to know its pages' origin.
    ///
    /// # Panics
    /// When this machine has no free port.
    pub fn reserve() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").expect("a loopback address is free")
    }

    /// Passes on what comes to `listener`.
    ///
    /// # Panics
    /// When the listener is broken.
    pub fn start(listener: TcpListener, relay: SocketAddr) -> Self {
        let address = listener.local_addr().expect("a listener has an address");
        let state = State { relay: Mutex::new(relay), down: AtomicBool::new(false), open: Mutex::default() };
        let state = Arc::new(state);
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if !shared.down.load(Ordering::SeqCst) {
                    pass_on(&shared, client);
                }
            }
        });
        Self { address, state }
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Cuts every connection, and lets no other stand until it's mended.
    pub fn cut(&self) {
        self.state.down.store(true, Ordering::SeqCst);
        for stream in self.state.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Gone already is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Passes on to another relay from now on: the same service, started again.
    pub fn lead_to(&self, relay: SocketAddr) {
        *self.state.relay.lock().unwrap_or_else(PoisonError::into_inner) = relay;
    }

    /// Passes on again.
    pub fn mend(&self) {
        self.state.down.store(false, Ordering::SeqCst);
    }
}

fn pass_on(state: &State, client: TcpStream) {
    let relay = *state.relay.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(server) = TcpStream::connect(relay) else { return };
    let both = |stream: &TcpStream| stream.try_clone().expect("a stream can be held twice");
    state.open.lock().unwrap_or_else(PoisonError::into_inner).extend([both(&client), both(&server)]);
    for (mut from, mut to) in [(both(&client), both(&server)), (server, client)] {
        thread::spawn(move || {
            // However it ends, the other side is told.
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
}
