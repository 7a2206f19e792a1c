//! 001 no-route.

use super::rule_api::*;

pub(super) const ID: &str = "no-route";
pub(super) const TEXTS: Texts = texts!("001/no-route");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
