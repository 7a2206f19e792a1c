//! What a peer has received, connection by connection: as it came over the wire, and what was inside TLS.

use std::sync::{Arc, Mutex, PoisonError};

/// More isn't kept of one connection: the client never has as much to say.
const KEPT: usize = 256 * 1024;

/// What came over one connection.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Every byte as it came over the wire: what is in here was readable by anybody on the way, unless it's TLS.
    pub wire: Vec<u8>,
    /// What was inside TLS.
    pub inside: Vec<u8>,
}

/// The connections of a peer, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Vec<Heard>>>);

impl Ledger {
    /// Opens the page of a new connection; gives its number.
    pub fn open(&self) -> usize {
        self.with(|heard| {
            heard.push(Heard::default());
            heard.len() - 1
        })
    }

    /// Writes down what came over the wire.
    pub fn wire(&self, connection: usize, bytes: &[u8]) {
        self.with(|heard| keep(&mut heard[connection].wire, bytes));
    }

    /// Writes down what came inside TLS.
    pub fn inside(&self, connection: usize, bytes: &[u8]) {
        self.with(|heard| keep(&mut heard[connection].inside, bytes));
    }

    /// All of it, so far.
    pub fn read(&self) -> Vec<Heard> {
        self.with(|heard| heard.clone())
    }

    fn with<T>(&self, f: impl FnOnce(&mut Vec<Heard>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn keep(page: &mut Vec<u8>, bytes: &[u8]) {
    let room = KEPT - page.len().min(KEPT);
    page.extend_from_slice(&bytes[..bytes.len().min(room)]);
}
