//! 001 host-without-address.

use super::rule_api::*;

pub(super) const ID: &str = "host-without-address";
pub(super) const TEXTS: Texts = texts!("001/host-without-address");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
