//! 004 plaintext-on-tls-port.

use super::rule_api::*;

pub(super) const ID: &str = "plaintext-on-tls-port";
pub(super) const TEXTS: Texts = texts!("004/plaintext-on-tls-port");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
