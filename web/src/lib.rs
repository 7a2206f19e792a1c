//! The page: help, guided form, live run, diagnosis.
//!
//! Two halves. The modules up to [`search`] are plain Rust: state, what happens to it, and what is shown of it; they
//! are tested natively. [`view`] renders that state and only renders. Every page is written as static
//! HTML by the `prerender` program; what is interactive is an island of it that the browser wakes up.
//!
//! Absences: no catalogue text (a found cause's text is fetched), no password in any state, no cookie; no storage but the form's own, without
//! secrets, until the tab is closed.

// A view's type nests as deep as its elements.
#![recursion_limit = "256"]

pub mod card;
pub mod chain;
pub mod change;
mod decode;
pub mod desk;
pub mod export;
pub mod fill;
pub mod form;
pub mod icon;
pub mod remarks;
pub mod route;
pub mod run;
pub mod search;
pub mod show;
pub mod sight;
pub mod tree;
pub mod trouble;
#[cfg(feature = "view")]
pub mod view;
