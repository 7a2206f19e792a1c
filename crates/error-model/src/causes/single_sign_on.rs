//! 009 single-sign-on: only sign-in by browser, OAuth or single sign-on is allowed.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "single-sign-on";
pub(super) const TEXTS: Texts = texts!("009/single-sign-on");

/// The provider's known policy makes it likely: it may have kept an exception for this account.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if let Some(claim) = oauth_alone_is_offered(view) {
        return Some(claim);
    }
    let refused = view.refused()?;
    match refused.reason {
        Reason::WebOnly => return Some(Claim::proven(refused.step, [refused.seq])),
        Reason::MultiFactor => return Some(Claim::possible(refused.step, [refused.seq])),
        _ => {}
    }
    view.at_provider(|provider| provider.oauth_only).or_else(|| view.suspected(Cause::SingleSignOn))
}

/// No mechanism for a password, but one for a token.
fn oauth_alone_is_offered(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, mechanisms) = view.find(|o| match o {
        Observation::Capabilities { mechanisms, .. } => Some(mechanisms),
        _ => None,
    })?;
    let (skipped, ()) = view.find(|o| {
        matches!(o, Observation::SignInSkipped { reason: SignInSkip::NoMechanism }).then_some(())
    })?;
    let oauth = mechanisms.iter().any(|name| matches!(name.as_str(), "XOAUTH2" | "OAUTHBEARER"));
    (oauth && !view.asked().token).then(|| Claim::likely(Step::Capabilities, [seq, skipped]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_says_so_is_proof() {
        let text = "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security \
                    defaults policy. Contact your administrator.";
        sending().saw(Lane::Smtp, refused(smtp_says(text))).expect(Cause::SingleSignOn, Proven);
        let text = "NO [ALERT] Please log in via your web browser: https://support.example.com/";
        receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::SingleSignOn, Proven);
    }

    #[test]
    fn a_provider_that_takes_oauth_only_makes_it_likely() {
        receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, provider("example", false, true))
            .expect(Cause::SingleSignOn, Likely);
    }

    #[test]
    fn a_server_with_mechanisms_for_tokens_only_makes_it_likely() {
        let findings = receiving()
            .saw(Lane::Imap, offers(true, &["XOAUTH2"], false, true))
            .saw(Lane::Imap, skipped(SignInSkip::NoMechanism))
            .expect(Cause::NoCommonMechanism, Proven)
            .lanes
            .imap
            .unwrap()
            .findings;
        assert_eq!((findings[1].cause, findings[1].confidence), (Cause::SingleSignOn, Likely));
    }

    #[test]
    fn a_token_that_is_refused_plainly_has_another_reason() {
        receiving()
            .with_token()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, provider("example", false, true))
            .expect_not(Cause::SingleSignOn);
    }
}
