//! auth consent-missing: the token lacks the permissions for mail, or neither service takes it.

use super::rule_api::*;
use crate::{
    Cause,
    refusal::{Reason, classify_issuer},
};

pub(super) const ID: &str = "consent-missing";
pub(super) const TEXTS: Texts = texts!("auth/consent-missing");

/// What the token lacks, or what its issuer says, is proof. Without that, a token that both services refuse is likely
/// to be short of permissions, unless it once was enough.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused().filter(|_| view.asked().token)?;
    let token = view.token();
    if let Some(token) = &token {
        let says_so = token.error.and_then(classify_issuer) == Some(Reason::Consent);
        if says_so || lacks(token.scopes, view.lane) {
            return Some(Claim::proven(Step::SignIn, [refused.seq, token.seq]));
        }
    }
    match refused.reason {
        Reason::Consent => Some(Claim::proven(Step::SignIn, [refused.seq])),
        Reason::Plain { .. } | Reason::Token => {
            let other = view.other().and_then(|other| other.sign_in_refused());
            Some(match other {
                Some(other) if !view.worked_before() => Claim::likely(Step::SignIn, [refused.seq, other.seq]),
                _ => Claim::possible(Step::SignIn, [refused.seq]),
            })
        }
        _ => view.suspected(Cause::ConsentMissing),
    }
}

/// Whether known scopes leave out what the lane needs. None at all, or `.default`, tells nothing.
fn lacks(scopes: &[String], lane: Lane) -> bool {
    let needed: &[&str] = match lane {
        Lane::Imap => &["imap.accessasuser.all", "imap.accessasapp"],
        Lane::Smtp => &["smtp.send", "smtp.sendasapp"],
    };
    let enough = |scope: &String| {
        let scope = scope.to_ascii_lowercase();
        let scope = scope.trim_end_matches('/');
        scope == "https://mail.google.com"
            || scope.ends_with(".default")
            || needed.iter().any(|name| scope.rsplit('/').next() == Some(name))
    };
    !scopes.is_empty() && !scopes.iter().any(enough)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_token_without_the_scope_is_proof() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_for(&["openid", "https://outlook.office.com/SMTP.Send"]))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::ConsentMissing, Proven);
    }

    #[test]
    fn the_challenge_of_the_mechanism_may_say_it() {
        let challenge = r#"{"status":"insufficient_scope"}"#;
        sending()
            .with_token()
            .saw(Lane::Smtp, refused_with_challenge(smtp_says("535 5.7.8 failed"), challenge))
            .expect(Cause::ConsentMissing, Proven);
    }

    #[test]
    fn a_token_that_neither_service_takes_makes_it_likely() {
        both()
            .with_token()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect(Cause::ConsentMissing, Likely);
    }

    #[test]
    fn a_token_with_every_scope_that_one_service_takes_lacks_no_consent_for_certain() {
        let lane = receiving()
            .with_token()
            .saw(Lane::Imap, token_for(&["https://outlook.office.com/IMAP.AccessAsUser.All"]))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .diagnose()
            .lanes
            .imap
            .unwrap();
        assert!(lane.findings.iter().all(|f| f.cause != Cause::ConsentMissing || f.confidence == Possible));
    }

    #[test]
    fn a_password_needs_no_consent() {
        both()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect_not(Cause::ConsentMissing);
    }
}
