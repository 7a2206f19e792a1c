//! first-sync sign-in-stalled.

use super::rule_api::*;

pub(super) const ID: &str = "sign-in-stalled";
pub(super) const TEXTS: Texts = texts!("first-sync/sign-in-stalled");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
