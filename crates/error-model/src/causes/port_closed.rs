//! 002 port-closed.

use super::rule_api::*;

pub(super) const ID: &str = "port-closed";
pub(super) const TEXTS: Texts = texts!("002/port-closed");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
