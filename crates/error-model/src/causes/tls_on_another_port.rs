//! 004 tls-on-another-port.

use super::rule_api::*;

pub(super) const ID: &str = "tls-on-another-port";
pub(super) const TEXTS: Texts = texts!("004/tls-on-another-port");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
