//! 002 port-filtered.

use super::rule_api::*;

pub(super) const ID: &str = "port-filtered";
pub(super) const TEXTS: Texts = texts!("002/port-filtered");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
