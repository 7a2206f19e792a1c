//! 009 single-sign-on.

use super::rule_api::*;

pub(super) const ID: &str = "single-sign-on";
pub(super) const TEXTS: Texts = texts!("009/single-sign-on");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
