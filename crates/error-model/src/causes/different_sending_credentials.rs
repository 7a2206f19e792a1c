//! 009 different-sending-credentials.

use super::rule_api::*;

pub(super) const ID: &str = "different-sending-credentials";
pub(super) const TEXTS: Texts = texts!("009/different-sending-credentials");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
