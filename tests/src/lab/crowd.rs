//! Somebody who is connected already, where a server takes one connection at a time.

use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How long a place may stay taken by those who only looked whether the server is up.
const PLACE_LIMIT: Duration = Duration::from_secs(10);
/// Between two attempts to get the place.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// Connections that are held and never used.
pub struct Crowd {
    _held: Vec<TcpStream>,
}

impl Crowd {
    /// Takes the one place at each address.
    pub fn at(addresses: &[SocketAddr]) -> Self {
        Self { _held: addresses.iter().map(|address| place(*address)).collect() }
    }
}

fn place(address: SocketAddr) -> TcpStream {
    let deadline = Instant::now() + PLACE_LIMIT;
    loop {
        let mut stream = TcpStream::connect(address).expect("the server is up");
        stream.set_read_timeout(Some(PLACE_LIMIT)).expect("a time limit above zero");
        let mut first = [0; 2];
        // `22…` and `* …` are welcomes; who is one too many gets `42…`, or nothing.
        if stream.read_exact(&mut first).is_ok() && matches!(&first, b"22" | b"* ") {
            return stream;
        }
        assert!(Instant::now() < deadline, "{address} takes nobody");
        std::thread::sleep(RETRY_PAUSE);
    }
}
