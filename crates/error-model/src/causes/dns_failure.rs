//! 001 dns-failure.

use super::rule_api::*;

pub(super) const ID: &str = "dns-failure";
pub(super) const TEXTS: Texts = texts!("001/dns-failure");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
