//! 001 mail-domain-dead.

use super::rule_api::*;

pub(super) const ID: &str = "mail-domain-dead";
pub(super) const TEXTS: Texts = texts!("001/mail-domain-dead");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
