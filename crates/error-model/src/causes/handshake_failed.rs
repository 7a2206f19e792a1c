//! 008 handshake-failed.

use super::rule_api::*;

pub(super) const ID: &str = "handshake-failed";
pub(super) const TEXTS: Texts = texts!("008/handshake-failed");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
