//! The `mailtriage` program: the relay's web service and its command line.
//!
//! It turns requests of people and of browsers into runs of `probe`, and streams what the runs see. It knows no
//! protocol bytes and judges no certificate.

pub mod agent;
mod agents;
mod apply;
mod budget;
mod cases;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod config;
mod desk;
pub mod discover;
pub mod engine;
pub mod explain;
pub mod harden;
pub mod http;
pub mod limits;
pub mod log;
pub mod names;
mod oauth;
mod oidc;
mod random;
pub mod run;
mod store;
pub mod wire;
mod words;
mod zendesk;
