//! Signs agents in with their organisation's identity provider (OpenID Connect Core, authorisation code with PKCE).
//!
//! The provider vouches for a person; the configured rule says whether that person is an agent, or a lead. What the provider
//! is asked goes through the egress policy. None of its tokens is kept.

mod provider;
mod rule;
mod tie;

pub(crate) use provider::{NoAgent, Provider};
pub(crate) use tie::Tie;
