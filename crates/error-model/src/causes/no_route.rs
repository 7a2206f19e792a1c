//! 001 no-route: the network said of every address that it can't be reached.

use super::rule_api::*;

pub(super) const ID: &str = "no-route";
pub(super) const TEXTS: Texts = texts!("001/no-route");

/// 'Network unreachable' is a matter of routes. 'Host unreachable' may come from a firewall that rejects one port, so it
/// proves something only after other ports were tried; where one of them answers, it's port-filtered.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let tried = view.unconnected()?;
    let attempts = view.attempts();
    if tried.unreachable.len() < attempts.len()
        || !tried.silent.is_empty()
        || !view.answers_elsewhere().is_empty()
    {
        return None;
    }
    let routes_only = attempts.iter().all(|(_, outcome)| *outcome == ConnectOutcome::NetworkUnreachable);
    // A relay without IPv6 can't tell its own lack of a route from the server's.
    let over_ipv4 = view
        .observed()
        .any(|(_, o)| matches!(o, Observation::ConnectAttempt { address, .. } if address.is_ipv4()));
    let other_ports = view.silent_elsewhere();
    let certain = over_ipv4 && (routes_only || !other_ports.is_empty());
    let seen = tried.unreachable.into_iter().chain(other_ports);
    Some(if certain { Claim::proven(Step::Connect, seen) } else { Claim::likely(Step::Connect, seen) })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn unreachable(address: &str, outcome: ConnectOutcome) -> Builder {
        evidence().imap("mail.example.com", 993, Security::Tls).saw(Lane::Imap, attempt(address, outcome))
    }

    #[test]
    fn an_unreachable_network_is_a_missing_route() {
        unreachable("192.0.2.1", ConnectOutcome::NetworkUnreachable)
            .saw(Lane::Imap, attempt("2001:db8::1", ConnectOutcome::NetworkUnreachable))
            .expect(Cause::NoRoute, Proven);
    }

    #[test]
    fn an_unreachable_host_is_certain_once_its_other_ports_are_silent_too() {
        let host = || unreachable("192.0.2.1", ConnectOutcome::HostUnreachable);
        host().expect(Cause::NoRoute, Likely);
        host()
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Silent))
            .expect(Cause::NoRoute, Proven);
    }

    #[test]
    fn without_an_ipv4_address_the_lack_may_be_our_own() {
        unreachable("2001:db8::1", ConnectOutcome::NetworkUnreachable).expect(Cause::NoRoute, Likely);
    }

    #[test]
    fn a_host_that_answers_on_another_port_has_a_route() {
        unreachable("192.0.2.1", ConnectOutcome::HostUnreachable)
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect_not(Cause::NoRoute);
    }

    #[test]
    fn one_address_that_refuses_has_a_route() {
        unreachable("2001:db8::1", ConnectOutcome::NetworkUnreachable)
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
            .expect_not(Cause::NoRoute);
    }
}
