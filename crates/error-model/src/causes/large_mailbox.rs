//! first-sync large-mailbox: the person waits for a first sync, everything works, and there is a lot of mail.

use super::rule_api::*;
use crate::{
    first_sync::{LONG, Sample, measured},
    view::{MANY_BYTES, MANY_MESSAGES},
};

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
    let reading = reading(view);
    let seen = std::iter::once(seq).chain(reading.map(|(seq, _)| seq));
    let much = messages >= Some(MANY_MESSAGES) || size >= Some(MANY_BYTES);
    (much || reading.is_some_and(|(_, long)| long)).then(|| Claim::proven(view.reached(), seen))
}

/// So many messages have to be weighed before the others are taken to weigh the same.
const WEIGHED: u32 = 100;

/// The last word on how fast mail was read, and whether all of it takes long at that speed.
fn reading(view: &LaneView<'_>) -> Option<(u32, bool)> {
    let readings = view.all(|o| match o {
        Observation::Reading { read, messages, size, octets, elapsed_ms, .. } => {
            let sample = Sample { read: *read, octets: *octets, elapsed_ms: *elapsed_ms };
            let bytes = size.unwrap_or_default();
            let slow = measured(*messages, bytes, sample).is_some_and(|times| times.fast >= LONG);
            Some(slow || (bytes >= MANY_BYTES && *read >= WEIGHED))
        }
        _ => None,
    });
    readings.last().copied()
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
    fn how_fast_mail_came_belongs_to_what_shows_it() {
        let diagnosis = receiving()
            .reported(Code::FirstSync)
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(120_000))
            .saw(Lane::Imap, read(20, 120_000, None))
            .saw(Lane::Imap, read(300, 120_000, None))
            .expect(Cause::LargeMailbox, Proven);
        let shown = &diagnosis.lanes.imap.unwrap().findings[0].observations;
        assert_eq!(shown.len(), 2, "the count, and the last word on the speed: {shown:?}");
    }

    #[test]
    fn a_server_that_hands_mail_over_slowly_takes_long_with_less_of_it() {
        let sync = |messages, came| {
            receiving()
                .reported(Code::FirstSync)
                .saw(Lane::Imap, accepted())
                .saw(Lane::Imap, opened(messages))
                .saw(Lane::Imap, read(came, messages, None))
        };
        // Ten in five seconds: two a second.
        sync(7_200, 10).expect(Cause::LargeMailbox, Proven);
        sync(7_100, 10).expect_not(Cause::LargeMailbox);
        sync(7_200, 0).expect_not(Cause::LargeMailbox);
    }

    #[test]
    fn the_sizes_of_some_messages_tell_what_a_server_does_not() {
        let sync = |came, size| {
            receiving()
                .reported(Code::FirstSync)
                .saw(Lane::Imap, accepted())
                .saw(Lane::Imap, opened(900))
                .saw(Lane::Imap, read(came, 900, Some(size)))
        };
        sync(WEIGHED, MANY_BYTES).expect(Cause::LargeMailbox, Proven);
        sync(WEIGHED, MANY_BYTES - 1).expect_not(Cause::LargeMailbox);
        sync(WEIGHED - 1, MANY_BYTES).expect_not(Cause::LargeMailbox);
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
