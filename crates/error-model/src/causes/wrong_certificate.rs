//! 006 wrong-certificate.

use super::rule_api::*;

pub(super) const ID: &str = "wrong-certificate";
pub(super) const TEXTS: Texts = texts!("006/wrong-certificate");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
