//! 009 app-password-required: the reply asks for an app password, or the provider always does.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "app-password-required";
pub(super) const TEXTS: Texts = texts!("009/app-password-required");

/// A provider that always wants one refuses a wrong app password in the same words: likely, not proven.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused()?;
    match refused.reason {
        Reason::AppPassword => return Some(Claim::proven(Step::SignIn, [refused.seq])),
        Reason::MultiFactor => return Some(Claim::likely(Step::SignIn, [refused.seq])),
        _ => {}
    }
    view.at_provider(|provider| provider.app_password).or_else(|| view.suspected(Cause::AppPasswordRequired))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_asks_for_one_is_proof() {
        let text =
            "NO [ALERT] Application-specific password required: https://support.example.com/ (Failure)";
        receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::AppPasswordRequired, Proven);
        let text = "535 5.7.0 NEOBHODIM parol prilozheniya / Application password is REQUIRED";
        sending().saw(Lane::Smtp, refused(smtp_says(text))).expect(Cause::AppPasswordRequired, Proven);
    }

    #[test]
    fn a_provider_that_always_wants_one_makes_it_likely() {
        let diagnosis = receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, provider("example", true, false))
            .expect(Cause::AppPasswordRequired, Likely);
        assert_eq!(diagnosis.lanes.imap.unwrap().findings[1].cause, Cause::WrongCredentials);
    }

    #[test]
    fn where_mail_comes_in_may_not_be_where_it_is_read() {
        let known = Known { app_password: true, clue: ProviderClue::Exchanger, ..Known::PLAIN };
        let diagnosis = receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, known.observation())
            .expect(Cause::WrongCredentials, Proven);
        let found = diagnosis.lanes.imap.unwrap().findings;
        let found = found.iter().find(|f| f.cause == Cause::AppPasswordRequired).map(|f| f.confidence);
        assert_eq!(found, Some(Possible));
    }

    #[test]
    fn a_second_factor_makes_it_likely() {
        sending()
            .saw(
                Lane::Smtp,
                refused(smtp_says("535 5.7.8 This account requires multi-factor authentication.")),
            )
            .expect(Cause::AppPasswordRequired, Likely);
    }

    #[test]
    fn a_bare_refusal_of_an_unknown_provider_doesn_t_ask_for_one() {
        receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect_not(Cause::AppPasswordRequired);
    }
}
