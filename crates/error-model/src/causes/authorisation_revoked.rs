//! reconnect authorisation-revoked: it worked before, and password or token are refused now.

use super::rule_api::*;
use crate::refusal::{Reason, classify_issuer};

pub(super) const ID: &str = "authorisation-revoked";
pub(super) const TEXTS: Texts = texts!("reconnect/authorisation-revoked");

/// The issuer's word is proof, and so is a password that has expired. A token that had ended makes it likely: the product
/// may hold a newer one. So does a bare refusal: what was typed now may be mistyped.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused()?;
    let before = view.worked_before();
    if let Some(token) = view.token()
        && token.error.and_then(classify_issuer) == Some(Reason::Revoked)
    {
        return Some(Claim::proven(Step::SignIn, [refused.seq, token.seq]));
    }
    let open = matches!(refused.reason, Reason::Plain { .. } | Reason::Token | Reason::Ambiguous(_));
    if let Some(token) = view.expired_token().filter(|_| open) {
        return Some(Claim::likely(Step::SignIn, [refused.seq, token]));
    }
    let seen = [refused.seq];
    match refused.reason {
        Reason::Revoked => Some(Claim::proven(Step::SignIn, seen)),
        Reason::Expired if before => Some(Claim::proven(Step::SignIn, seen)),
        Reason::Plain { .. } | Reason::Token | Reason::Ambiguous(_) if before => {
            Some(Claim::likely(Step::SignIn, seen))
        }
        Reason::Token => Some(Claim::possible(Step::SignIn, seen)),
        Reason::Plain { .. } if view.asked().token => Some(Claim::possible(Step::SignIn, seen)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn what_worked_before_and_is_refused_now_was_likely_revoked() {
        let diagnosis = receiving()
            .worked_before()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::AuthorisationRevoked, Likely);
        let causes: Vec<_> =
            diagnosis.lanes.imap.unwrap().findings.iter().map(|f| (f.cause, f.confidence)).collect();
        assert!(causes.contains(&(Cause::WrongCredentials, Possible)), "{causes:?}");
    }

    #[test]
    fn the_message_to_reconnect_says_that_it_worked_before() {
        receiving()
            .reported(Code::Reconnect)
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::AuthorisationRevoked, Likely);
    }

    #[test]
    fn an_expired_password_is_proof() {
        receiving()
            .worked_before()
            .saw(Lane::Imap, refused(imap_says("NO [EXPIRED] Password expired")))
            .expect(Cause::AuthorisationRevoked, Proven);
    }

    #[test]
    fn the_issuer_s_word_is_proof() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_error("invalid_grant"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::AuthorisationRevoked, Proven);
    }

    #[test]
    fn a_token_that_had_ended_when_it_was_tried_makes_it_likely() {
        let tried = |until| {
            receiving()
                .with_token()
                .saw(Lane::Imap, token_until(until))
                .saw(Lane::Imap, refused(imap_says("NO AUTHENTICATE failed.")))
        };
        tried(NOW - 60).expect(Cause::AuthorisationRevoked, Likely);
        tried(NOW + 60).expect_not(Cause::AuthorisationRevoked);
    }

    #[test]
    fn a_token_that_isn_t_issued_any_more_was_revoked() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_error("invalid_grant: AADSTS50173: The provided grant has expired"))
            .saw(Lane::Imap, not_issued())
            .expect(Cause::AuthorisationRevoked, Proven);
    }

    #[test]
    fn a_first_sign_in_can_t_have_been_revoked() {
        receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect_not(Cause::AuthorisationRevoked);
    }

    #[test]
    fn a_server_that_can_t_tell_just_now_revoked_nothing() {
        receiving()
            .worked_before()
            .saw(Lane::Imap, refused(imap_says("NO [UNAVAILABLE] Temporary authentication failure.")))
            .expect_not(Cause::AuthorisationRevoked);
    }
}
