//! 001 private-address.

use super::rule_api::*;

pub(super) const ID: &str = "private-address";
pub(super) const TEXTS: Texts = texts!("001/private-address");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
