//! 009 account-locked.

use super::rule_api::*;

pub(super) const ID: &str = "account-locked";
pub(super) const TEXTS: Texts = texts!("009/account-locked");

pub(super) fn rule(_view: &LaneView<'_>) -> Option<Claim> {
    None
}
