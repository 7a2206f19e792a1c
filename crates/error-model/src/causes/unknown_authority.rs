//! 007 unknown-authority.

use super::rule_api::*;

pub(super) const ID: &str = "unknown-authority";
pub(super) const TEXTS: Texts = texts!("007/unknown-authority");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
