//! 003 works-from-here.

use super::rule_api::*;

pub(super) const ID: &str = "works-from-here";
pub(super) const TEXTS: Texts = texts!("003/works-from-here");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
