//! 008 certificate-unreadable.

use super::rule_api::*;

pub(super) const ID: &str = "certificate-unreadable";
pub(super) const TEXTS: Texts = texts!("008/certificate-unreadable");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
