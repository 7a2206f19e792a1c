//! 004 tls-not-offered.

use super::rule_api::*;

pub(super) const ID: &str = "tls-not-offered";
pub(super) const TEXTS: Texts = texts!("004/tls-not-offered");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
