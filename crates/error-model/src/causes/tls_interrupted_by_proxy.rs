//! 008 tls-interrupted-by-proxy.

use super::rule_api::*;

pub(super) const ID: &str = "tls-interrupted-by-proxy";
pub(super) const TEXTS: Texts = texts!("008/tls-interrupted-by-proxy");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
