//! 009 user-name-format.

use super::rule_api::*;

pub(super) const ID: &str = "user-name-format";
pub(super) const TEXTS: Texts = texts!("009/user-name-format");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
