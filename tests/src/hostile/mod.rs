//! Mail servers that misbehave on purpose, the engine run against them inside this process, and what must hold of every
//! such run: no secret in clear, every text escaped, little memory, nobody else asked or dialled.
//!
//! No lab is needed: a peer listens on an address of its own in `127.253.0.0/16`, with a certificate of its own for it.

mod check;
mod clock;
mod identity;
mod ledger;
mod names;
mod peer;
mod secrets;
mod wire;

pub use check::{Check, Outcome};
pub use clock::Clock;
pub use identity::{Authority, Identity};
pub use names::Names;
pub use peer::Peer;
pub use secrets::{PASSWORD, TOKEN, USER};
pub use wire::{Server, Wire};
