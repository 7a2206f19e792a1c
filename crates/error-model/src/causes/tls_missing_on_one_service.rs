//! 004 tls-missing-on-one-service.

use super::rule_api::*;

pub(super) const ID: &str = "tls-missing-on-one-service";
pub(super) const TEXTS: Texts = texts!("004/tls-missing-on-one-service");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
