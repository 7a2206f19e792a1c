//! 005 weak-key-or-signature.

use super::rule_api::*;

pub(super) const ID: &str = "weak-key-or-signature";
pub(super) const TEXTS: Texts = texts!("005/weak-key-or-signature");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
