//! first-sync large-mailbox: the person waits for a first sync, everything works, and there is a lot of mail.

use super::rule_api::*;
use crate::view::{MANY_BYTES, MANY_MESSAGES};

pub(super) const ID: &str = "large-mailbox";
pub(super) const TEXTS: Texts = texts!("first-sync/large-mailbox");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if view.asked().reported != Some(Code::FirstSync) || view.failed_step().is_some() || !view.finished() {
        return None;
    }
    let (seq, (messages, size)) = view.find(|o| match o {
        Observation::Mailbox { opened: true, messages, size, .. } => Some((*messages, *size)),
        _ => None,
    })?;
    (messages >= Some(MANY_MESSAGES) || size >= Some(MANY_BYTES))
        .then(|| Claim::proven(view.reached(), [seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_sync_of_a_full_mailbox_takes_its_time() {
        let diagnosis = receiving()
            .reported(Code::FirstSync)
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(120_000))
            .expect(Cause::LargeMailbox, Proven);
        assert_eq!(diagnosis.lanes.imap.unwrap().state, crate::LaneState::Passed);
    }

    #[test]
    fn a_few_messages_may_be_large_ones() {
        let sync = |size| {
            receiving()
                .reported(Code::FirstSync)
                .saw(Lane::Imap, accepted())
                .saw(Lane::Imap, opened_with(900, Some(size)))
        };
        sync(MANY_BYTES).expect(Cause::LargeMailbox, Proven);
        sync(MANY_BYTES - 1).expect_not(Cause::LargeMailbox);
    }

    #[test]
    fn it_says_more_than_that_everything_works() {
        both()
            .reported(Code::FirstSync)
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(MANY_MESSAGES))
            .saw(Lane::Smtp, accepted())
            .expect(Cause::LargeMailbox, Proven);
    }

    #[test]
    fn a_small_mailbox_is_no_reason_to_wait() {
        receiving()
            .reported(Code::FirstSync)
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(MANY_MESSAGES - 1))
            .expect_not(Cause::LargeMailbox);
    }

    #[test]
    fn a_full_mailbox_that_nobody_waits_for_is_no_fault() {
        receiving()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(120_000))
            .expect_not(Cause::LargeMailbox);
    }
}
