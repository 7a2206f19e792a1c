//! 002 server-silent.

use super::rule_api::*;

pub(super) const ID: &str = "server-silent";
pub(super) const TEXTS: Texts = texts!("002/server-silent");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
