//! 004 tls-not-configured.

use super::rule_api::*;

pub(super) const ID: &str = "tls-not-configured";
pub(super) const TEXTS: Texts = texts!("004/tls-not-configured");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
