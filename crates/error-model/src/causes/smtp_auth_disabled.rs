//! auth smtp-auth-disabled.

use super::rule_api::*;

pub(super) const ID: &str = "smtp-auth-disabled";
pub(super) const TEXTS: Texts = texts!("auth/smtp-auth-disabled");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
