//! 006 wildcard-too-shallow.

use super::rule_api::*;

pub(super) const ID: &str = "wildcard-too-shallow";
pub(super) const TEXTS: Texts = texts!("006/wildcard-too-shallow");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
