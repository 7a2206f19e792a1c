//! 002 refused-by-policy: the greeting turns this source away, or the server hangs up at once.

use super::rule_api::*;

pub(super) const ID: &str = "refused-by-policy";
pub(super) const TEXTS: Texts = texts!("002/refused-by-policy");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    match view.failed_step()? {
        Step::Greeting => refused_in_words(view).or_else(|| hung_up(view)),
        Step::Tls => left_in_the_handshake(view),
        _ => None,
    }
}

fn refused_in_words(view: &LaneView<'_>) -> Option<Claim> {
    let greeting = view.greeting().filter(|g| g.outcome == GreetingOutcome::Refused)?;
    match Refusal::read(greeting.reply?)? {
        Refusal::Policy(confidence) => Some(Claim::of(confidence, Step::Greeting, [greeting.seq])),
        Refusal::Unavailable(_) => None,
    }
}

/// Who hangs up at once has looked at the address only. Whoever lets us in on another port hasn't blocked us, though,
/// and a port that wants TLS at once hangs up on everybody.
fn hung_up(view: &LaneView<'_>) -> Option<Claim> {
    let end = view.hung_up_at_first()?;
    if view.tls_on_this_port().is_some() {
        return None;
    }
    let block = end.at_once && view.better_setting().is_none();
    Some(if block {
        Claim::likely(Step::Greeting, [end.seq])
    } else {
        Claim::possible(Step::Greeting, [end.seq])
    })
}

/// A port with TLS from the first byte says nothing of its own before the handshake, so a block shows there.
fn left_in_the_handshake(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    let blank = matches!(outcome, TlsOutcome::Closed { after_bytes: false, .. });
    (blank && !view.begins_in_clear() && view.better_setting().is_none())
        .then(|| Claim::possible(Step::Tls, [seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn imap() -> Builder {
        evidence().imap("mail.example.com", 143, Security::StartTls).saw(Lane::Imap, connected())
    }

    #[test]
    fn a_greeting_that_names_a_block_is_one() {
        imap()
            .saw(
                Lane::Imap,
                turned_away(reply(ReplyStatus::Bye, None, "Access from your country is not allowed")),
            )
            .expect(Cause::RefusedByPolicy, Proven);
    }

    #[test]
    fn a_bare_554_is_likely_a_block() {
        evidence()
            .smtp("mail.example.com", 587, Security::StartTls)
            .saw(Lane::Smtp, turned_away(reply(ReplyStatus::No, Some(554), "mail.example.com ESMTP")))
            .expect(Cause::RefusedByPolicy, Likely);
    }

    #[test]
    fn a_server_that_hangs_up_at_once_likely_blocks_us() {
        imap().saw(Lane::Imap, greeting(GreetingOutcome::Closed, 40)).expect(Cause::RefusedByPolicy, Likely);
    }

    #[test]
    fn a_handshake_that_ends_without_a_byte_may_be_a_block() {
        let diagnosis = evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, handshake(TlsOutcome::Closed { reset: true, after_bytes: false }))
            .diagnose();
        let findings = diagnosis.lanes.imap.unwrap().findings;
        let block = findings.iter().find(|f| f.cause == Cause::RefusedByPolicy);
        assert_eq!(block.map(|f| f.confidence), Some(Possible));
    }

    #[test]
    fn a_busy_server_blocks_nobody() {
        imap()
            .saw(Lane::Imap, turned_away(reply(ReplyStatus::Bye, Some(421), "Too many connections, denied")))
            .expect_not(Cause::RefusedByPolicy);
    }

    #[test]
    fn a_server_that_lets_us_in_on_another_port_hardly_blocks_us() {
        imap()
            .saw(Lane::Imap, greeting(GreetingOutcome::Closed, 40))
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .expect(Cause::ConnectionDropped, Likely);
    }
}
