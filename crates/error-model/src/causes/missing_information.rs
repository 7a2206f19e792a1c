//! 007 missing-information.

use super::rule_api::*;

pub(super) const ID: &str = "missing-information";
pub(super) const TEXTS: Texts = texts!("007/missing-information");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
