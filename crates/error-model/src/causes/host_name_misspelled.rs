//! 001 host-name-misspelled.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-misspelled";
pub(super) const TEXTS: Texts = texts!("001/host-name-misspelled");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
