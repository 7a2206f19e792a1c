//! first-sync large-mailbox.

use super::rule_api::*;

pub(super) const ID: &str = "large-mailbox";
pub(super) const TEXTS: Texts = texts!("first-sync/large-mailbox");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
