//! 005 chain-incomplete.

use super::rule_api::*;

pub(super) const ID: &str = "chain-incomplete";
pub(super) const TEXTS: Texts = texts!("005/chain-incomplete");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
