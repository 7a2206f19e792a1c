//! 002 server-slow.

use super::rule_api::*;

pub(super) const ID: &str = "server-slow";
pub(super) const TEXTS: Texts = texts!("002/server-slow");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
