//! 009 no-common-mechanism.

use super::rule_api::*;

pub(super) const ID: &str = "no-common-mechanism";
pub(super) const TEXTS: Texts = texts!("009/no-common-mechanism");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
