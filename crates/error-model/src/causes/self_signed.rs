//! 005 self-signed.

use super::rule_api::*;

pub(super) const ID: &str = "self-signed";
pub(super) const TEXTS: Texts = texts!("005/self-signed");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
