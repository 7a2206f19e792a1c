//! 008 tls-version-too-old.

use super::rule_api::*;

pub(super) const ID: &str = "tls-version-too-old";
pub(super) const TEXTS: Texts = texts!("008/tls-version-too-old");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
