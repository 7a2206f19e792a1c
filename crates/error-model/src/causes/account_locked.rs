//! 009 account-locked: the account is locked or suspended, or its password has expired.

use super::rule_api::*;
use crate::{
    Cause,
    refusal::{Reason, classify_issuer},
};

pub(super) const ID: &str = "account-locked";
pub(super) const TEXTS: Texts = texts!("009/account-locked");

/// A password that expired after the account had been connected is told as that: authorisation-revoked.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused()?;
    let seen = [refused.seq];
    match refused.reason {
        Reason::Locked => Some(Claim::proven(refused.step, seen)),
        Reason::Expired if view.worked_before() => Some(Claim::likely(refused.step, seen)),
        Reason::Expired => Some(Claim::proven(refused.step, seen)),
        _ => issuer_locks(view, refused.seq).or_else(|| view.suspected(Cause::AccountLocked)),
    }
}

/// The token's issuer says it.
fn issuer_locks(view: &LaneView<'_>, refused: u32) -> Option<Claim> {
    let token = view.token()?;
    let reason = classify_issuer(token.error?)?;
    matches!(reason, Reason::Locked | Reason::Expired)
        .then(|| Claim::proven(Step::SignIn, [refused, token.seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_says_so_is_proof() {
        for text in [
            "NO [CONTACTADMIN] Account is locked: too many failed attempts",
            "NO [EXPIRED] Password expired",
            "NO アカウントがロックされています。",
        ] {
            receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::AccountLocked, Proven);
        }
        sending()
            .saw(Lane::Smtp, refused(smtp_says("535 5.7.8 Too many failed login attempts")))
            .expect(Cause::AccountLocked, Proven);
    }

    #[test]
    fn the_issuer_of_the_token_may_say_it() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_error("AADSTS50053: The account is locked"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::AccountLocked, Proven);
    }

    #[test]
    fn too_many_attempts_just_now_lock_nothing() {
        sending()
            .saw(Lane::Smtp, refused(smtp_says("450 4.7.1 Error: too many AUTH commands from unknown")))
            .expect_not(Cause::AccountLocked);
    }
}
