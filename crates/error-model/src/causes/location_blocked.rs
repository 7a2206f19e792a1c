//! 009 location-blocked.

use super::rule_api::*;

pub(super) const ID: &str = "location-blocked";
pub(super) const TEXTS: Texts = texts!("009/location-blocked");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
