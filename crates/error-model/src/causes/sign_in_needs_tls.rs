//! 009 sign-in-needs-tls: the server allows no sign-in before TLS.

use super::rule_api::*;
use crate::refusal::Reason;

pub(super) const ID: &str = "sign-in-needs-tls";
pub(super) const TEXTS: Texts = texts!("009/sign-in-needs-tls");

/// A secret never goes over a connection in clear, so the sign-in was left out; what the server offers there shows
/// whether it would have refused.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = left_out(view).or_else(|| refused(view))?;
    let starttls = view.find(|o| match o {
        Observation::Capabilities { starttls: true, inside_tls: false, .. } => Some(()),
        _ => None,
    });
    let tls = Security::StartTls;
    Some(match (view.better_setting(), starttls) {
        (Some(better), _) => claim.suggest_better(view, Some(better)),
        (None, Some(_)) if view.endpoint.security != tls => {
            claim.suggest(Field::security(view.lane), tls.as_str(), None)
        }
        _ => claim,
    })
}

fn left_out(view: &LaneView<'_>) -> Option<Claim> {
    let (skipped, ()) = view.find(|o| {
        matches!(o, Observation::SignInSkipped { reason: SignInSkip::NotEncrypted }).then_some(())
    })?;
    let refuses = view.find(|o| match o {
        Observation::Capabilities { inside_tls: false, mechanisms, login_disabled, .. } => {
            (*login_disabled || (view.lane == Lane::Smtp && mechanisms.is_empty())).then_some(())
        }
        _ => None,
    });
    Some(match refuses {
        Some((offer, ())) => Claim::proven(Step::Capabilities, [offer, skipped]),
        None => Claim::likely(Step::Capabilities, [skipped]),
    })
}

fn refused(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused().filter(|refused| refused.reason == Reason::NeedsTls)?;
    Some(Claim::proven(refused.step, [refused.seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    fn refused_by(line: &str) -> Observation {
        crate::testing::sign_in::refused(smtp_says(line))
    }

    #[test]
    fn login_disabled_before_tls_is_proof_and_starttls_is_offered() {
        let diagnosis = evidence()
            .imap("mail.example.com", 143, Security::Plain)
            .saw(Lane::Imap, offers(false, &[], true, true))
            .saw(Lane::Imap, skipped(SignInSkip::NotEncrypted))
            .expect(Cause::SignInNeedsTls, Proven);
        let suggestion = &diagnosis.headline().unwrap().suggestions[0];
        assert_eq!((suggestion.field, suggestion.value.as_str()), (Field::ImapSecurity, "starttls"));
    }

    #[test]
    fn no_mechanism_before_tls_is_proof() {
        evidence()
            .smtp("mail.example.com", 587, Security::Plain)
            .saw(Lane::Smtp, offers(false, &[], true, false))
            .saw(Lane::Smtp, skipped(SignInSkip::NotEncrypted))
            .expect(Cause::SignInNeedsTls, Proven);
    }

    #[test]
    fn a_reply_that_says_so_is_proof() {
        sending()
            .saw(Lane::Smtp, refused_by("530 5.7.0 Must issue a STARTTLS command first"))
            .expect(Cause::SignInNeedsTls, Proven);
    }

    #[test]
    fn a_server_that_would_sign_in_over_clear_text_makes_it_likely() {
        evidence()
            .imap("mail.example.com", 143, Security::Plain)
            .saw(Lane::Imap, offers(false, &["PLAIN"], true, false))
            .saw(Lane::Imap, skipped(SignInSkip::NotEncrypted))
            .expect(Cause::SignInNeedsTls, Likely);
    }

    #[test]
    fn a_refusal_inside_tls_has_another_reason() {
        receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect_not(Cause::SignInNeedsTls);
    }
}
