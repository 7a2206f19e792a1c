//! 002 host-down: no port of the host answers.

use super::rule_api::*;

pub(super) const ID: &str = "host-down";
pub(super) const TEXTS: Texts = texts!("002/host-down");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let tried = view.unconnected()?;
    let answered = !tried.refused.is_empty() || !tried.prohibited.is_empty();
    if tried.silent.is_empty() || answered || !view.answers_elsewhere().is_empty() {
        return None;
    }
    let other_ports = view.silent_elsewhere();
    // Another port may still answer while the run goes on.
    let certain = view.finished() && !other_ports.is_empty();
    let seen = tried.silent.into_iter().chain(other_ports);
    Some(if certain { Claim::proven(Step::Connect, seen) } else { Claim::likely(Step::Connect, seen) })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn silent() -> Builder {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::TimedOut))
    }

    #[test]
    fn a_host_that_answers_on_no_port_is_down() {
        silent()
            .saw(Lane::Imap, attempt("2001:db8::1", ConnectOutcome::HostUnreachable))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Silent))
            .expect(Cause::HostDown, Proven);
    }

    #[test]
    fn one_silent_port_alone_proves_nothing() {
        silent().expect(Cause::HostDown, Likely);
        silent()
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::NotAllowed))
            .expect(Cause::HostDown, Likely);
    }

    #[test]
    fn a_step_that_ran_out_of_time_is_silence_too() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, Observation::TimedOut { step: Step::Connect, elapsed_ms: 10_000 })
            .expect(Cause::HostDown, Likely);
    }

    #[test]
    fn a_refusal_on_another_port_shows_that_the_host_lives() {
        silent()
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Closed))
            .expect_not(Cause::HostDown);
    }
}
