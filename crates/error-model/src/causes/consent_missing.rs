//! auth consent-missing: the token lacks the permissions for mail, or neither service takes it.

use super::rule_api::*;
use crate::{
    Cause,
    refusal::{Reason, Token, classify_issuer},
};

pub(super) const ID: &str = "consent-missing";
pub(super) const TEXTS: Texts = texts!("auth/consent-missing");

/// Other services of Microsoft's, which tokens are often issued for by mistake: Graph, the older directory, Azure. A token
/// for one of them opens no mailbox, even with scopes of the same names.
const NOT_FOR_MAIL: [&str; 6] = [
    "graph.microsoft.com",
    "00000003-0000-0000-c000-000000000000",
    "graph.windows.net",
    "00000002-0000-0000-c000-000000000000",
    "management.azure.com",
    "management.core.windows.net",
];

/// What the token lacks, or what its issuer says, is proof. Without that, a token that both services refuse is likely
/// to be short of permissions, unless it once was enough. A token that had ended is refused for that.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused().filter(|_| view.asked().token)?;
    let token = view.token();
    if let Some(token) = &token {
        let says_so = token.error.and_then(classify_issuer) == Some(Reason::Consent);
        if says_so || for_another_service(token) || lacks(view, token) {
            let seen = [refused.seq, token.seq];
            return match refused.reason {
                Reason::Plain { .. } | Reason::Token | Reason::Ambiguous(_) | Reason::Consent => {
                    Some(if view.expired_token().is_some() && !says_so {
                        Claim::likely(Step::SignIn, seen)
                    } else {
                        Claim::proven(Step::SignIn, seen)
                    })
                }
                // The reply itself says something else.
                _ => None,
            };
        }
    }
    match refused.reason {
        Reason::Plain { .. } | Reason::Token if view.expired_token().is_some() => {
            Some(Claim::possible(Step::SignIn, [refused.seq]))
        }
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

fn for_another_service(token: &Token<'_>) -> bool {
    token.audience.is_some_and(|audience| NOT_FOR_MAIL.iter().any(|name| audience.contains(name)))
}

/// Whether known scopes leave out what the lane needs. None at all, or `.default`, tells nothing; nor do the scopes of an
/// issuer who calls them otherwise.
fn lacks(view: &LaneView<'_>, token: &Token<'_>) -> bool {
    let scopes = token.scopes;
    let named = scopes.iter().map(String::as_str).chain(token.audience);
    let known_issuer = named.into_iter().any(|name| {
        ["outlook.office", ".microsoft.com", "www.googleapis.com", "mail.google.com"]
            .iter()
            .any(|part| name.contains(part))
    });
    let needed: &[&str] = match view.lane {
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
    known_issuer && !scopes.is_empty() && !scopes.iter().any(enough)
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
    fn a_token_for_another_service_of_microsoft_s_is_proof_whatever_its_scopes() {
        for service in ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"] {
            receiving()
                .with_token()
                .saw(Lane::Imap, token_issued_for(service))
                .saw(Lane::Imap, refused(imap_says("NO AUTHENTICATE failed.")))
                .expect(Cause::ConsentMissing, Proven);
        }
    }

    #[test]
    fn the_scopes_of_another_issuer_prove_nothing() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_for(&["openid", "email"]))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::ConsentMissing, Possible);
    }

    #[test]
    fn a_reply_that_names_another_reason_is_believed() {
        let text =
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";
        sending()
            .with_token()
            .saw(Lane::Smtp, token_for(&["https://outlook.office.com/IMAP.AccessAsUser.All"]))
            .saw(Lane::Smtp, refused(smtp_says(text)))
            .expect_not(Cause::ConsentMissing);
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
    fn an_issuer_that_gives_no_token_says_why() {
        for error in ["access_denied", "invalid_grant: AADSTS65001: The user has not consented"] {
            let diagnosis = receiving()
                .with_token()
                .saw(Lane::Imap, token_error(error))
                .saw(Lane::Imap, not_issued())
                .expect(Cause::ConsentMissing, Proven);
            assert_eq!(diagnosis.code, Code::Auth, "{error}");
        }
    }

    #[test]
    fn a_password_needs_no_consent() {
        both()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
            .expect_not(Cause::ConsentMissing);
    }
}
