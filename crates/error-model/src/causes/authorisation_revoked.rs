//! reconnect authorisation-revoked.

use super::rule_api::*;

pub(super) const ID: &str = "authorisation-revoked";
pub(super) const TEXTS: Texts = texts!("reconnect/authorisation-revoked");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
