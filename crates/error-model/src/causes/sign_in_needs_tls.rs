//! 009 sign-in-needs-tls.

use super::rule_api::*;

pub(super) const ID: &str = "sign-in-needs-tls";
pub(super) const TEXTS: Texts = texts!("009/sign-in-needs-tls");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
