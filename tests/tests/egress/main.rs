//! What strangers try so that the relay dials something it must not: every test runs the real engine in a namespace
//! where every address of the world leads to a trap, and asks the traps and a packet counter what was dialled.

mod certificate;
mod dns;
mod evasion;
mod hops;
mod names;
mod proof;
mod server;
mod world;
