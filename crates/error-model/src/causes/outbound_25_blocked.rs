//! 002 outbound-25-blocked.

use super::rule_api::*;

pub(super) const ID: &str = "outbound-25-blocked";
pub(super) const TEXTS: Texts = texts!("002/outbound-25-blocked");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
