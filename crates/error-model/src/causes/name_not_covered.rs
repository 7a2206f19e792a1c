//! 006 name-not-covered.

use super::rule_api::*;

pub(super) const ID: &str = "name-not-covered";
pub(super) const TEXTS: Texts = texts!("006/name-not-covered");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
