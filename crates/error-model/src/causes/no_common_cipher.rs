//! 008 no-common-cipher.

use super::rule_api::*;

pub(super) const ID: &str = "no-common-cipher";
pub(super) const TEXTS: Texts = texts!("008/no-common-cipher");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
