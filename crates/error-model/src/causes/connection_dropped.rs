//! 002 connection-dropped.

use super::rule_api::*;

pub(super) const ID: &str = "connection-dropped";
pub(super) const TEXTS: Texts = texts!("002/connection-dropped");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
