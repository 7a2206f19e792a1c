//! 006 address-instead-of-name.

use super::rule_api::*;

pub(super) const ID: &str = "address-instead-of-name";
pub(super) const TEXTS: Texts = texts!("006/address-instead-of-name");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
