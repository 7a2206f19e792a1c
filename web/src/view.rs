//! The islands and the pieces that islands and prerendered pages share. Views render state; they decide nothing.

mod browser;
mod check;
mod draw;
pub mod icon;
mod search;

pub use check::{CheckMailbox, GRID};
pub use search::{ErrorSearch, SEARCH, SEARCH_BOX, SEARCH_STATUS};
