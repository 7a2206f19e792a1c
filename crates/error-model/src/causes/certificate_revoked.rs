//! 008 certificate-revoked.

use super::rule_api::*;

pub(super) const ID: &str = "certificate-revoked";
pub(super) const TEXTS: Texts = texts!("008/certificate-revoked");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
