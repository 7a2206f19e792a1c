//! 009 ambiguous-refusal.

use super::rule_api::*;

pub(super) const ID: &str = "ambiguous-refusal";
pub(super) const TEXTS: Texts = texts!("009/ambiguous-refusal");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
