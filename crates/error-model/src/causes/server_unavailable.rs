//! 002 server-unavailable.

use super::rule_api::*;

pub(super) const ID: &str = "server-unavailable";
pub(super) const TEXTS: Texts = texts!("002/server-unavailable");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
