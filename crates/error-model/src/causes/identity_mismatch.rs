//! auth identity-mismatch: the token, or the account that signed in, isn't the mailbox named.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "identity-mismatch";
pub(super) const TEXTS: Texts = texts!("auth/identity-mismatch");

/// The token names its account; a sender that the server refuses as not the account's own speaks for it as well.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let asked = view.asked();
    let refused = view.refused()?;
    match (refused.reason, refused.step) {
        (Reason::Sender, step) => return Some(Claim::likely(step, [refused.seq])),
        // The sender alone was asked about, so it's the sender that isn't liked.
        (Reason::Plain { .. }, Step::Mailbox) => return Some(Claim::possible(Step::Mailbox, [refused.seq])),
        _ => {}
    }
    if !asked.token || refused.step != Step::SignIn {
        return None;
    }
    let open = matches!(
        refused.reason,
        Reason::Plain { .. } | Reason::Token | Reason::Ambiguous(_) | Reason::Authorisation
    );
    if let Some(token) = view.foreign_token().filter(|_| open) {
        let seen = [refused.seq, token];
        // After a change of account on purpose or by mistake, different-account says more; a token that had ended is
        // refused whoever it names.
        let likely = view.worked_before() || view.expired_token().is_some();
        return Some(if likely {
            Claim::likely(Step::SignIn, seen)
        } else {
            Claim::proven(Step::SignIn, seen)
        });
    }
    match refused.reason {
        Reason::Authorisation => Some(Claim::likely(Step::SignIn, [refused.seq])),
        // A token that doesn't say whose it is may be anybody's.
        Reason::Token if view.token().is_none_or(|token| token.identity.is_none()) => Some(
            other_primary_address(view, refused.seq)
                .unwrap_or_else(|| Claim::possible(Step::SignIn, [refused.seq])),
        ),
        _ => other_primary_address(view, refused.seq).or_else(|| view.suspected(Cause::IdentityMismatch)),
    }
}

/// User name and e-mail address are two addresses.
fn other_primary_address(view: &LaneView<'_>, refused: u32) -> Option<Claim> {
    let asked = view.asked();
    let (user, email) = (asked.user(view.lane)?, asked.email.as_deref()?);
    (user.contains('@') && !user.eq_ignore_ascii_case(email))
        .then(|| Claim::possible(Step::SignIn, [refused]).suggest(Field::user(view.lane), email, None))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_token_of_another_account_is_proof() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_of("other@example.com"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::IdentityMismatch, Proven);
    }

    #[test]
    fn a_refusal_for_another_reason_says_nothing_about_the_account() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_of("other@example.com"))
            .saw(Lane::Imap, refused(imap_says("NO [UNAVAILABLE] Temporary authentication failure.")))
            .expect_not(Cause::IdentityMismatch);
    }

    #[test]
    fn a_sender_that_isn_t_the_account_s_own_makes_it_likely() {
        sending()
            .saw(Lane::Smtp, accepted())
            .saw(
                Lane::Smtp,
                sender_refused("553 5.7.1 <a@example.com>: Sender address rejected: not owned by user"),
            )
            .expect(Cause::IdentityMismatch, Likely);
    }

    #[test]
    fn a_sender_that_is_refused_without_a_word_leaves_it_possible() {
        sending()
            .saw(Lane::Smtp, accepted())
            .saw(Lane::Smtp, sender_refused("550 5.7.1 Command rejected"))
            .expect(Cause::IdentityMismatch, Possible);
    }

    #[test]
    fn a_token_that_names_nobody_may_be_anybody_s() {
        let challenge = r#"{"status":"401","schemes":"bearer","scope":"mail"}"#;
        let refusal = imap_says("NO [AUTHENTICATIONFAILED] Authentication failed.");
        let lane = receiving()
            .with_token()
            .saw(Lane::Imap, refused_with_challenge(refusal, challenge))
            .diagnose()
            .lanes
            .imap
            .unwrap();
        let found = lane.findings.iter().find(|f| f.cause == Cause::IdentityMismatch).unwrap();
        assert_eq!(found.confidence, Possible);
    }

    #[test]
    fn a_token_of_the_mailbox_itself_is_no_mismatch() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_of("User@Example.com"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect_not(Cause::IdentityMismatch);
    }
}
