//! 007 distrusted-authority.

use super::rule_api::*;

pub(super) const ID: &str = "distrusted-authority";
pub(super) const TEXTS: Texts = texts!("007/distrusted-authority");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
