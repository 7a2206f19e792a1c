//! auth consent-missing.

use super::rule_api::*;

pub(super) const ID: &str = "consent-missing";
pub(super) const TEXTS: Texts = texts!("auth/consent-missing");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
