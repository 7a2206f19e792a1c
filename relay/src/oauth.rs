//! Signs people in with their mail service's own page (OAuth 2.0, RFC 6749), to get an access token for one run.
//!
//! A token lives in memory for its run and is handed back afterwards (RFC 7009), where its issuer takes it. No refresh token
//! is asked for. What an issuer is asked goes through the egress policy, as everything that a run dials does.

mod claims;
mod client;
mod endpoints;
mod errors;
mod library;
mod pending;

pub use client::{Begun, Client, Granted};
pub(crate) use errors::read_secret;
pub use errors::{NoSecret, NoToken};
pub(crate) use library::Http;
pub use pending::{Answer, Collected, Pending};

/// What one question to an issuer may cost.
const ALLOWANCE: probe::Allowance =
    probe::Allowance { time: crate::limits::ISSUER, size: crate::limits::ISSUER_ANSWER_BYTES, redirects: 0 };
