//! 009 access-disabled.

use super::rule_api::*;

pub(super) const ID: &str = "access-disabled";
pub(super) const TEXTS: Texts = texts!("009/access-disabled");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
