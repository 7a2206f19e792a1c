//! 006 server-name-rejected.

use super::rule_api::*;

pub(super) const ID: &str = "server-name-rejected";
pub(super) const TEXTS: Texts = texts!("006/server-name-rejected");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
