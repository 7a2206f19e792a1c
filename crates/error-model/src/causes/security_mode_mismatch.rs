//! 002 security-mode-mismatch.

use super::rule_api::*;

pub(super) const ID: &str = "security-mode-mismatch";
pub(super) const TEXTS: Texts = texts!("002/security-mode-mismatch");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
