//! 002 refused-by-policy.

use super::rule_api::*;

pub(super) const ID: &str = "refused-by-policy";
pub(super) const TEXTS: Texts = texts!("002/refused-by-policy");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
