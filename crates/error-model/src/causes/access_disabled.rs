//! 009 access-disabled: the reply says that the protocol is off for the user or the organisation.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "access-disabled";
pub(super) const TEXTS: Texts = texts!("009/access-disabled");

/// Providers that say so where it's off; their bare refusals mean something else.
const SAY_SO: [&str; 5] = ["google-workspace", "zoho", "zoho-eu", "zoho-in", "zoho-jp"];

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    mailbox_shut(view).or_else(|| sign_in(view))
}

fn sign_in(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.refused()?;
    let seen = [refused.seq];
    match refused.reason {
        Reason::AccessDisabled => Some(Claim::proven(refused.step, seen)),
        // The password was right, and the server won't let the account in.
        Reason::Authorisation if !view.asked().token => Some(Claim::likely(refused.step, seen)),
        // Signed in, and to the sender the server says that nobody has.
        Reason::NotSignedIn if refused.step == Step::Mailbox => Some(Claim::likely(refused.step, seen)),
        _ => off_by_default(view).or_else(|| view.suspected(Cause::AccessDisabled)),
    }
}

/// A provider where programs are let in only after someone has switched that on. What worked before was switched on.
fn off_by_default(view: &LaneView<'_>) -> Option<Claim> {
    let never_worked = !view.worked_before();
    view.at_provider(|provider| provider.off_by_default && never_worked && !SAY_SO.contains(&provider.id))
}

/// The sign-in passed, and the mailbox stays shut: 'User is authenticated but not connected'. Whoever comes with a token
/// has more often no mailbox at all (mailbox-not-licensed).
fn mailbox_shut(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.mailbox_refused()?;
    match refused.reason {
        Reason::AccessDisabled => Some(Claim::proven(Step::Mailbox, [refused.seq])),
        Reason::Ambiguous(causes) if causes.contains(&Cause::AccessDisabled) => {
            let seen = [Some(refused.seq), view.accepted_sign_in()].into_iter().flatten();
            Some(if view.asked().token {
                Claim::possible(Step::Mailbox, seen)
            } else {
                Claim::likely(Step::Mailbox, seen)
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_reply_that_says_so_is_proof() {
        for text in [
            "NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings page.",
            "NO [CONTACTADMIN] IMAP access is disabled for your account",
            "NO You are yet to enable IMAP for your account. Please contact your administrator.",
        ] {
            receiving().saw(Lane::Imap, refused(imap_says(text))).expect(Cause::AccessDisabled, Proven);
        }
    }

    #[test]
    fn a_password_that_is_accepted_but_leads_nowhere_makes_it_likely() {
        receiving()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, not_opened("BAD User is authenticated but not connected."))
            .expect(Cause::AccessDisabled, Likely);
    }

    #[test]
    fn a_provider_that_keeps_it_off_by_default_makes_it_likely() {
        let known = Known { id: "web-de", off_by_default: true, ..Known::PLAIN };
        let refused = || receiving().saw(Lane::Imap, plainly_refused(Lane::Imap));
        let findings = refused()
            .saw(Lane::Imap, known.observation())
            .expect(Cause::AccessDisabled, Likely)
            .lanes
            .imap
            .unwrap()
            .findings;
        let wrong = findings.iter().find(|f| f.cause == Cause::WrongCredentials).map(|f| f.confidence);
        assert_eq!(wrong, Some(Possible));
        refused().worked_before().saw(Lane::Imap, known.observation()).expect_not(Cause::AccessDisabled);
    }

    #[test]
    fn a_provider_that_says_so_where_it_is_off_means_something_else() {
        let known = Known { id: "google-workspace", off_by_default: true, ..Known::PLAIN };
        receiving()
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .saw(Lane::Imap, known.observation())
            .expect_not(Cause::AccessDisabled);
    }

    #[test]
    fn a_disabled_account_is_locked_rather_than_switched_off() {
        receiving()
            .saw(Lane::Imap, refused(imap_says("NO [CONTACTADMIN] Login disabled for this user")))
            .expect_not(Cause::AccessDisabled);
    }
}
