//! 002 server-silent: the server takes the connection and then says nothing.

use super::rule_api::*;

pub(super) const ID: &str = "server-silent";
pub(super) const TEXTS: Texts = texts!("002/server-silent");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = match view.failed_step()? {
        Step::Greeting => without_greeting(view)?,
        Step::Tls => {
            // Hellos that get lost on the way for their size look the same.
            let hello = view.handshake().filter(|(_, o)| **o == TlsOutcome::TimedOut).map(|(seq, _)| seq);
            Claim::likely(Step::Tls, [hello.or_else(|| view.time_out(Step::Tls))?])
        }
        Step::Capabilities => Claim::likely(Step::Capabilities, [view.time_out(Step::Capabilities)?]),
        _ => return None,
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

/// In clear, a port that waits for a TLS hello is silent too: only the try of one tells them apart.
fn without_greeting(view: &LaneView<'_>) -> Option<Claim> {
    let silence = view.silent_at_first()?;
    if !view.begins_in_clear() {
        return Some(Claim::proven(Step::Greeting, [silence]));
    }
    if view.tls_on_this_port().is_some() {
        return None;
    }
    Some(match view.no_tls_on_this_port() {
        Some(tried) => Claim::proven(Step::Greeting, [silence, tried]),
        None => Claim::likely(Step::Greeting, [silence]),
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn silent() -> Builder {
        evidence()
            .imap("mail.example.com", 143, Security::StartTls)
            .saw(Lane::Imap, connected())
            .saw(Lane::Imap, greeting(GreetingOutcome::Silent, 10_000))
    }

    #[test]
    fn a_port_that_answers_neither_in_clear_nor_to_a_hello_is_silent() {
        silent().expect(Cause::ServerSilent, Likely);
        silent()
            .saw(Lane::Imap, tried(143, Security::Tls, AlternativeOutcome::Unusable))
            .expect(Cause::ServerSilent, Proven);
    }

    #[test]
    fn silence_inside_tls_is_silence() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, encrypted())
            .saw(Lane::Imap, clean())
            .saw(Lane::Imap, Observation::TimedOut { step: Step::Greeting, elapsed_ms: 10_000 })
            .expect(Cause::ServerSilent, Proven);
    }

    #[test]
    fn a_hello_without_an_answer_and_a_command_without_one_are_likely_silence() {
        let imap = || evidence().imap("mail.example.com", 993, Security::Tls);
        imap().saw(Lane::Imap, handshake(TlsOutcome::TimedOut)).expect(Cause::ServerSilent, Likely);
        imap()
            .saw(Lane::Imap, Observation::TimedOut { step: Step::Capabilities, elapsed_ms: 10_000 })
            .expect(Cause::ServerSilent, Likely);
    }

    #[test]
    fn a_port_that_waits_for_tls_isn_t_silent() {
        silent()
            .saw(Lane::Imap, tried(143, Security::Tls, AlternativeOutcome::TlsUnclean))
            .expect_not(Cause::ServerSilent);
    }
}
