//! reconnect different-account.

use super::rule_api::*;

pub(super) const ID: &str = "different-account";
pub(super) const TEXTS: Texts = texts!("reconnect/different-account");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
