//! first-sync mailbox-unavailable.

use super::rule_api::*;

pub(super) const ID: &str = "mailbox-unavailable";
pub(super) const TEXTS: Texts = texts!("first-sync/mailbox-unavailable");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
