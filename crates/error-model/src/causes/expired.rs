//! 005 expired.

use super::rule_api::*;

pub(super) const ID: &str = "expired";
pub(super) const TEXTS: Texts = texts!("005/expired");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
