//! 001 host-name-unknown.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-unknown";
pub(super) const TEXTS: Texts = texts!("001/host-name-unknown");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
