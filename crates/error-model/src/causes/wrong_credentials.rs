//! 009 wrong-credentials: a bare refusal, and nothing that points anywhere else.

use super::rule_api::*;
use crate::{Cause, Confidence, refusal::Reason};

pub(super) const ID: &str = "wrong-credentials";
pub(super) const TEXTS: Texts = texts!("009/wrong-credentials");

/// The causes of which a sign would be stronger than the refusal itself.
const STRONGER: [Cause; 8] = [
    Cause::UserNameFormat,
    Cause::DifferentSendingCredentials,
    Cause::AppPasswordRequired,
    Cause::SingleSignOn,
    Cause::AccessDisabled,
    Cause::LocationBlocked,
    Cause::SignInStalled,
    Cause::AuthorisationRevoked,
];

/// Standards have a code for it (RFC 5530, RFC 4954): that proves it where nothing else is left to learn. In other
/// words, without a code, it's only likely; and words that aren't understood may say anything.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if view.asked().token {
        return None;
    }
    if let Some(claim) = unsendable(view) {
        return Some(claim);
    }
    let refused = view.sign_in_refused()?;
    let seen = [refused.seq];
    match refused.reason {
        Reason::Plain { coded, understood } => {
            let stronger = STRONGER
                .iter()
                .filter_map(|cause| cause.rule(view))
                .any(|claim| claim.step == refused.step && claim.confidence != Confidence::Possible);
            // A hoster that filters by country may mean that.
            let settled = coded && view.finished() && Cause::LocationBlocked.rule(view).is_none();
            Some(match (stronger || !understood, settled) {
                (true, _) => Claim::possible(Step::SignIn, seen),
                (false, true) => Claim::proven(Step::SignIn, seen),
                (false, false) => Claim::likely(Step::SignIn, seen),
            })
        }
        // A quotation mark or a letter outside of ASCII in the password breaks the command in some servers.
        Reason::NotUnderstood => Some(Claim::likely(Step::SignIn, seen)),
        _ => view.suspected(Cause::WrongCredentials),
    }
}

/// A user name or password with characters that can't be sent can't be the right one.
fn unsendable(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, ()) = view
        .find(|o| matches!(o, Observation::SignInSkipped { reason: SignInSkip::Unsendable }).then_some(()))?;
    Some(Claim::likely(Step::SignIn, [seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn the_codes_for_it_prove_wrong_credentials() {
        receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect(Cause::WrongCredentials, Proven);
        sending().saw(Lane::Smtp, plainly_refused(Lane::Smtp)).expect(Cause::WrongCredentials, Proven);
    }

    #[test]
    fn a_refusal_without_a_code_makes_them_likely() {
        receiving()
            .saw(Lane::Imap, refused(imap_says("NO Login failed.")))
            .expect(Cause::WrongCredentials, Likely);
    }

    #[test]
    fn words_that_nobody_understands_leave_them_possible_whatever_the_code() {
        for text in ["NO [AUTHENTICATIONFAILED] Toegang geweigerd", "NO Postkassen er lukket"] {
            receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::WrongCredentials, Possible);
        }
        sending()
            .saw(Lane::Smtp, refused(smtp_says("535 5.7.8 Quarantined")))
            .expect(Cause::WrongCredentials, Possible);
    }

    #[test]
    fn while_more_may_be_learnt_nothing_is_proven() {
        let evidence = receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).unfinished();
        assert_eq!(crate::diagnose(&evidence).confidence, Some(Likely));
    }

    #[test]
    fn an_ambiguous_text_never_proves_them() {
        let diagnosis = receiving()
            .saw(Lane::Imap, refused(imap_says("NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials")))
            .diagnose();
        let findings = diagnosis.lanes.imap.unwrap().findings;
        let found = findings.iter().find(|f| f.cause == Cause::WrongCredentials).unwrap();
        assert_eq!(found.confidence, Possible);
    }

    #[test]
    fn a_secret_that_can_t_be_sent_can_t_be_right() {
        receiving().saw(Lane::Imap, skipped(SignInSkip::Unsendable)).expect(Cause::WrongCredentials, Likely);
    }

    #[test]
    fn a_locked_account_says_nothing_about_the_password() {
        receiving()
            .saw(Lane::Imap, refused(imap_says("NO [CONTACTADMIN] Account is locked")))
            .expect_not(Cause::WrongCredentials);
    }

    #[test]
    fn a_token_is_no_password() {
        receiving()
            .with_token()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect_not(Cause::WrongCredentials);
    }
}
