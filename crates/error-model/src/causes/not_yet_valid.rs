//! 005 not-yet-valid.

use super::rule_api::*;

pub(super) const ID: &str = "not-yet-valid";
pub(super) const TEXTS: Texts = texts!("005/not-yet-valid");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
