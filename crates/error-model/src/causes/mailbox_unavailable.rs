//! first-sync mailbox-unavailable: the sign-in passes, and INBOX can't be opened.

use super::rule_api::*;
use crate::refusal::Reason;

pub(super) const ID: &str = "mailbox-unavailable";
pub(super) const TEXTS: Texts = texts!("first-sync/mailbox-unavailable");

/// Whatever the reason (in use, limit, quota, a server's own trouble), the inbox stays shut for now. Replies that say
/// that there is nothing to open, or that it isn't allowed, belong to other causes.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.mailbox_refused()?;
    let seen = [Some(refused.seq), view.accepted_sign_in()].into_iter().flatten();
    match refused.reason {
        Reason::Unlicensed | Reason::AccessDisabled => None,
        Reason::Ambiguous(_) => Some(Claim::possible(Step::Mailbox, seen)),
        _ => Some(Claim::proven(Step::Mailbox, seen)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn an_inbox_that_doesn_t_open_is_unavailable() {
        for line in [
            "NO [INUSE] Mailbox is locked by another session",
            "NO [LIMIT] Too many open mailboxes",
            "NO [OVERQUOTA] Quota exceeded (mailbox for user is full)",
            "NO SELECT Unsafe Login. Please contact kefu@example.com for help",
            "NO [SERVERBUG] Internal error occurred. Refer to server log for more information.",
        ] {
            let diagnosis = receiving()
                .saw(Lane::Imap, accepted())
                .saw(Lane::Imap, not_opened(line))
                .expect(Cause::MailboxUnavailable, Proven);
            assert_eq!(diagnosis.code, Code::FirstSync);
        }
    }

    #[test]
    fn an_inbox_that_isn_t_there_can_t_be_unavailable() {
        receiving()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, not_opened("NO Mailbox not found"))
            .expect_not(Cause::MailboxUnavailable);
    }
}
