//! 002 port-filtered: no answer on this port (or a firewall's refusal), while the host answers on another.

use super::rule_api::*;

pub(super) const ID: &str = "port-filtered";
pub(super) const TEXTS: Texts = texts!("002/port-filtered");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let tried = view.unconnected()?;
    let shielded = [tried.silent, tried.unreachable, tried.prohibited.clone()].concat();
    // Port 25 has its own, more telling cause.
    if shielded.is_empty() || super::outbound_25_blocked::rule(view).is_some() {
        return None;
    }
    let elsewhere = view.answers_elsewhere();
    let seen = || shielded.iter().copied().chain(elsewhere.iter().copied());
    let claim = if !tried.refused.is_empty() {
        Claim::possible(Step::Connect, seen())
    } else if !tried.prohibited.is_empty() || !elsewhere.is_empty() {
        Claim::proven(Step::Connect, seen())
    } else {
        // Without an answer from anywhere it's host-down or no-route.
        return None;
    };
    Some(claim.suggest_better(view, view.better_setting()))
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
    fn a_silent_port_of_a_host_that_answers_elsewhere_is_filtered() {
        let diagnosis = silent()
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::PortFiltered, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "143");
    }

    #[test]
    fn the_other_service_of_the_same_host_shows_that_it_lives() {
        silent()
            .smtp("MAIL.example.com", 465, Security::Tls)
            .saw(Lane::Smtp, connected())
            .expect(Cause::PortFiltered, Proven);
    }

    #[test]
    fn a_firewall_that_says_so_needs_no_comparison() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Prohibited))
            .expect(Cause::PortFiltered, Proven);
    }

    #[test]
    fn a_firewall_that_calls_the_host_unreachable_is_given_away_by_another_port() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::HostUnreachable))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Closed))
            .expect(Cause::PortFiltered, Proven);
    }

    #[test]
    fn a_host_that_answers_nowhere_isn_t_filtered() {
        silent()
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Silent))
            .expect_not(Cause::PortFiltered);
    }
}
