//! auth mailbox-not-licensed.

use super::rule_api::*;

pub(super) const ID: &str = "mailbox-not-licensed";
pub(super) const TEXTS: Texts = texts!("auth/mailbox-not-licensed");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
