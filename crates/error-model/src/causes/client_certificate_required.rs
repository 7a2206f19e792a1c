//! 008 client-certificate-required.

use super::rule_api::*;

pub(super) const ID: &str = "client-certificate-required";
pub(super) const TEXTS: Texts = texts!("008/client-certificate-required");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
