//! Live triage as the page knows it: a case folded from its events, and what agents and customers are shown of it. Pure: what
//! happens comes in, trees come out.

pub mod case;
pub mod code;
pub mod console;
pub mod customer;
pub mod filter;
mod history;
mod pieces;
pub mod refusal;
mod statistics;
pub mod triage;

#[cfg(test)]
mod tests;
