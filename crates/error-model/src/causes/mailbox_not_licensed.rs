//! auth mailbox-not-licensed: the sign-in passes, and there is no mailbox behind it.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "mailbox-not-licensed";
pub(super) const TEXTS: Texts = texts!("auth/mailbox-not-licensed");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let Some(refused) = view.mailbox_refused() else {
        return view.suspected(Cause::MailboxNotLicensed);
    };
    let seen = [Some(refused.seq), view.accepted_sign_in()].into_iter().flatten();
    match refused.reason {
        Reason::Unlicensed => Some(Claim::proven(Step::Mailbox, seen)),
        // With a token a mailbox that is merely switched off for IMAP is the rarer case.
        Reason::Ambiguous(causes) if causes.contains(&Cause::MailboxNotLicensed) => {
            let of_microsoft_365 = view.asked().token || view.asked().reported == Some(Code::Auth);
            Some(if of_microsoft_365 {
                Claim::likely(Step::Mailbox, seen)
            } else {
                Claim::possible(Step::Mailbox, seen)
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
    fn a_reply_that_names_the_licence_is_proof() {
        receiving()
            .with_token()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, not_opened("NO Mailbox has not been provisioned, a license is required"))
            .expect(Cause::MailboxNotLicensed, Proven);
    }

    #[test]
    fn a_token_that_is_accepted_but_leads_nowhere_makes_it_likely() {
        receiving()
            .with_token()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, not_opened("BAD User is authenticated but not connected."))
            .expect(Cause::MailboxNotLicensed, Likely);
    }

    #[test]
    fn a_mailbox_that_is_in_use_is_there() {
        receiving()
            .with_token()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, not_opened("NO [INUSE] Mailbox is locked by another session"))
            .expect_not(Cause::MailboxNotLicensed);
    }
}
