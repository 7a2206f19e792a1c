//! 007 private-authority.

use super::rule_api::*;

pub(super) const ID: &str = "private-authority";
pub(super) const TEXTS: Texts = texts!("007/private-authority");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
