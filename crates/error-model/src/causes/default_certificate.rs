//! 005 default-certificate.

use super::rule_api::*;

pub(super) const ID: &str = "default-certificate";
pub(super) const TEXTS: Texts = texts!("005/default-certificate");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
