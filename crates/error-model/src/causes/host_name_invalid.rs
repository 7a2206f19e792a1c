//! 001 host-name-invalid.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-invalid";
pub(super) const TEXTS: Texts = texts!("001/host-name-invalid");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
