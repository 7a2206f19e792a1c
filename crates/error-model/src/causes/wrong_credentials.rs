//! 009 wrong-credentials.

use super::rule_api::*;

pub(super) const ID: &str = "wrong-credentials";
pub(super) const TEXTS: Texts = texts!("009/wrong-credentials");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
