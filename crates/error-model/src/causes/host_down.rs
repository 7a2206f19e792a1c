//! 002 host-down.

use super::rule_api::*;

pub(super) const ID: &str = "host-down";
pub(super) const TEXTS: Texts = texts!("002/host-down");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
