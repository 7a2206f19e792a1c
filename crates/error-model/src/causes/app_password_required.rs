//! 009 app-password-required.

use super::rule_api::*;

pub(super) const ID: &str = "app-password-required";
pub(super) const TEXTS: Texts = texts!("009/app-password-required");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
