//! 009 user-name-format: a refusal, and the user name differs in form from what the service wants.

use super::rule_api::*;
use crate::{Cause, evidence::ProviderClue, refusal::Reason};

pub(super) const ID: &str = "user-name-format";
pub(super) const TEXTS: Texts = texts!("009/user-name-format");

/// What speaks for another form, the strongest first. Nothing is tried: each attempt may lock the account.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let asked = view.asked();
    let typed = asked.user(view.lane).filter(|_| !asked.token)?;
    let seq = refusal(view)?;
    if view.accepted_elsewhere().is_some() {
        return None;
    }
    if let Some(claim) = mistyped(view, typed, seq) {
        return Some(claim);
    }
    let wanted = view.provider().filter(|provider| provider.user_name.is_some());
    let email = asked.email.as_deref().filter(|email| email.contains('@'));
    let claim = match (wanted, email) {
        (Some(provider), _) => {
            let wanted = form(provider.user_name?, email);
            if wanted.as_deref() == Some(typed) {
                return None;
            }
            let seen = [seq, provider.seq];
            // A provider that wants an app password gets the account's own more often than a wrong name.
            let sure = provider.clue != ProviderClue::Exchanger && !provider.app_password;
            return Some(match wanted {
                Some(name) if sure => {
                    Claim::likely(Step::SignIn, seen).suggest(Field::user(view.lane), name, None)
                }
                Some(name) => Claim::possible(Step::SignIn, seen).suggest(Field::user(view.lane), name, None),
                // The provider gave the name, and it isn't the address.
                None if sure && Some(typed) == email => Claim::likely(Step::SignIn, seen),
                None => Claim::possible(Step::SignIn, seen),
            });
        }
        (None, None) => return None,
        // A provider that we know and that states no form takes the address; what worked before had the right form; and
        // words that aren't understood hardly speak of it.
        (None, Some(email))
            if typed == email
                && (view.provider().is_some() || view.worked_before() || !is_understood(view)) =>
        {
            return None;
        }
        // Most services want the address; the few that don't want its local part.
        (None, Some(email)) if typed == email => {
            Claim::possible(Step::SignIn, [seq]).suggest(Field::user(view.lane), local_part(email), None)
        }
        (None, Some(email)) => {
            let claim = if typed.eq_ignore_ascii_case(local_part(email)) {
                Claim::likely(Step::SignIn, [seq])
            } else {
                Claim::possible(Step::SignIn, [seq])
            };
            claim.suggest(Field::user(view.lane), email, None)
        }
    };
    Some(claim)
}

/// A refusal that leaves the user name open.
fn refusal(view: &LaneView<'_>) -> Option<u32> {
    let skipped = view
        .find(|o| matches!(o, Observation::SignInSkipped { reason: SignInSkip::Unsendable }).then_some(()));
    if let Some((seq, ())) = skipped {
        return Some(seq);
    }
    let refused = view.sign_in_refused()?;
    let open = match refused.reason {
        Reason::Plain { .. } => true,
        Reason::Ambiguous(causes) => causes.contains(&Cause::UserNameFormat),
        _ => false,
    };
    open.then_some(refused.seq)
}

fn is_understood(view: &LaneView<'_>) -> bool {
    let reason = view.sign_in_refused().map(|refused| refused.reason);
    !matches!(reason, Some(Reason::Plain { understood: false, .. }))
}

/// Full-width letters and spaces are in no user name; the keyboard left them there.
fn mistyped(view: &LaneView<'_>, typed: &str, seq: u32) -> Option<Claim> {
    let folded: String = typed.chars().map(crate::typed::fold_width).filter(|c| !c.is_whitespace()).collect();
    (folded != typed && !folded.is_empty())
        .then(|| Claim::likely(Step::SignIn, [seq]).suggest(Field::user(view.lane), folded, None))
}

/// The user name in the form that a provider states: a word of ours, or a pattern as the ISPDB has them. `None` where
/// it's a name of its own (`account`), or the pattern asks for more than the address tells.
fn form(pattern: &str, email: Option<&str>) -> Option<String> {
    let email = email?;
    let name = match pattern {
        "address" => email.to_owned(),
        "local-part" => local_part(email).to_owned(),
        pattern => {
            let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
            pattern
                .replace("%EMAILADDRESS%", email)
                .replace("%EMAILLOCALPART%", local_part(email))
                .replace("%EMAILDOMAIN%", domain)
        }
    };
    (!name.contains('%') && (name != pattern || pattern == email)).then_some(name)
}

fn local_part(email: &str) -> &str {
    email.rsplit_once('@').map_or(email, |(local, _)| local)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    fn offered(diagnosis: &crate::Diagnosis) -> Vec<(Field, &str)> {
        let suggestions = &diagnosis.headline().unwrap().suggestions;
        suggestions.iter().map(|s| (s.field, s.value.as_str())).collect()
    }

    #[test]
    fn the_form_that_the_provider_states_is_offered() {
        let diagnosis = receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, wants_user_name("%EMAILLOCALPART%@%EMAILDOMAIN%.mail"))
            .expect(Cause::UserNameFormat, Likely);
        assert_eq!(offered(&diagnosis), [(Field::User, "user@example.com.mail")]);
    }

    #[test]
    fn a_provider_that_wants_an_app_password_lacks_that_rather_than_another_name() {
        let known = Known { app_password: true, user_name: Some("local-part"), ..Known::PLAIN };
        let diagnosis = receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, known.observation())
            .expect(Cause::AppPasswordRequired, Likely);
        let found = diagnosis.lanes.imap.unwrap().findings;
        let found =
            found.iter().find(|f| f.cause == Cause::UserNameFormat).expect("the other form is offered");
        assert_eq!((found.confidence, found.suggestions[0].value.as_str()), (Possible, "user"));
    }

    #[test]
    fn the_local_part_alone_is_likely_too_little() {
        let diagnosis = receiving()
            .asked(|asked| asked.imap_user = Some("user".into()))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::UserNameFormat, Likely);
        assert_eq!(offered(&diagnosis), [(Field::User, USER)]);
        let second = &diagnosis.lanes.imap.as_ref().unwrap().findings[1];
        assert_eq!((second.cause, second.confidence), (Cause::WrongCredentials, Possible));
    }

    #[test]
    fn full_width_letters_are_offered_in_half_width() {
        let diagnosis = sending()
            .asked(|asked| asked.smtp_user = Some("ｕｓｅｒ@example.com ".into()))
            .saw(Lane::Smtp, skipped(SignInSkip::Unsendable))
            .expect(Cause::UserNameFormat, Likely);
        assert_eq!(offered(&diagnosis), [(Field::SmtpUser, USER)]);
    }

    #[test]
    fn the_whole_address_may_be_too_much_but_comes_after_wrong_credentials() {
        let diagnosis =
            receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect(Cause::WrongCredentials, Proven);
        let second = &diagnosis.lanes.imap.unwrap().findings[1];
        assert_eq!((second.cause, second.confidence), (Cause::UserNameFormat, Possible));
    }

    #[test]
    fn an_address_is_likely_wrong_where_the_provider_gives_a_name_of_its_own() {
        let diagnosis = receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, wants_user_name("account"))
            .expect(Cause::UserNameFormat, Likely);
        assert_eq!(offered(&diagnosis), []);
    }

    #[test]
    fn the_form_that_the_provider_wants_is_not_at_fault() {
        receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, wants_user_name("address"))
            .expect_not(Cause::UserNameFormat);
    }

    #[test]
    fn a_name_that_the_other_service_accepts_is_right() {
        both()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect_not(Cause::UserNameFormat);
    }
}
