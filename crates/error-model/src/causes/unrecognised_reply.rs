//! 003 unrecognised-reply.

use super::rule_api::*;

pub(super) const ID: &str = "unrecognised-reply";
pub(super) const TEXTS: Texts = texts!("003/unrecognised-reply");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
