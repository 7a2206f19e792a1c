//! 009 temporary-refusal.

use super::rule_api::*;

pub(super) const ID: &str = "temporary-refusal";
pub(super) const TEXTS: Texts = texts!("009/temporary-refusal");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
