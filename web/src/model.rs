//! The check without its looks: what is typed, what the relay says of it, and what is shown. Plain Rust, no browser.
//!
//! Data goes one way: [`form`] makes the question, [`run`] takes the relay's messages, [`card`], [`chain`] and
//! [`export`] tell what came of it. Passwords are no part of any state here: they pass through
//! [`form::start_message`] only.

pub mod form;
pub mod run;
