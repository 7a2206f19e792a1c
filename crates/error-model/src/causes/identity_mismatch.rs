//! auth identity-mismatch.

use super::rule_api::*;

pub(super) const ID: &str = "identity-mismatch";
pub(super) const TEXTS: Texts = texts!("auth/identity-mismatch");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
