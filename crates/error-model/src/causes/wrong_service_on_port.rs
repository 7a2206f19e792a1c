//! 002 wrong-service-on-port.

use super::rule_api::*;

pub(super) const ID: &str = "wrong-service-on-port";
pub(super) const TEXTS: Texts = texts!("002/wrong-service-on-port");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
