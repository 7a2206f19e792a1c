//! 002 wrong-service-on-port: another protocol greets, or speaks in clear where TLS was expected.

use super::rule_api::*;

pub(super) const ID: &str = "wrong-service-on-port";
pub(super) const TEXTS: Texts = texts!("002/wrong-service-on-port");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = greeted(view).or_else(|| in_clear(view))?;
    if let Some(better) = view.better_setting() {
        return Some(claim.suggest_better(view, Some(better)));
    }
    // Nothing better was found by trying: the usual port, unless it's the one given or was tried in vain.
    let in_vain = |port| view.alternatives().iter().any(|(_, tried, ..)| *tried == port);
    let usual =
        view.lane.usual_ports().iter().find(|(port, _)| *port != view.endpoint.port && !in_vain(*port));
    let Some((port, security)) = usual else { return Some(claim) };
    let claim = claim.suggest(Field::port(view.lane), port.to_string(), None);
    Some(if *security == view.endpoint.security {
        claim
    } else {
        claim.suggest(Field::security(view.lane), security.as_str(), None)
    })
}

/// Another protocol's greeting. A TLS record is no service: that's security-mode-mismatch.
fn greeted(view: &LaneView<'_>) -> Option<Claim> {
    let greeting = view.greeting().filter(|g| g.outcome == GreetingOutcome::Foreign)?;
    match greeting.protocol {
        Some(ForeignProtocol::Tls) => None,
        Some(_) => Some(Claim::proven(Step::Greeting, [greeting.seq])),
        None => Some(Claim::likely(Step::Greeting, [greeting.seq])),
    }
}

/// Another protocol in clear where a handshake was due. The lane's own service in clear is plaintext-on-tls-port.
fn in_clear(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    match outcome {
        TlsOutcome::Plaintext { protocol: Some(protocol) } if *protocol != view.own_protocol() => {
            Some(Claim::proven(Step::Tls, [seq]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    #[test]
    fn a_pop3_greeting_is_not_imap_and_the_usual_port_is_offered_untried() {
        let diagnosis = evidence()
            .imap("mail.example.com", 110, Security::Plain)
            .saw(Lane::Imap, connected())
            .saw(Lane::Imap, foreign(Some(ForeignProtocol::Pop3)))
            .expect(Cause::WrongServiceOnPort, Proven);
        let offered: Vec<_> =
            diagnosis.headline().unwrap().suggestions.iter().map(|s| (s.value.as_str(), s.tried)).collect();
        assert_eq!(offered, [("993", None), ("tls", None)]);
    }

    #[test]
    fn smtp_on_the_imap_port_is_named_and_the_port_that_works_is_offered() {
        let diagnosis = evidence()
            .imap("mail.example.com", 587, Security::StartTls)
            .saw(Lane::Imap, foreign(Some(ForeignProtocol::Smtp)))
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .expect(Cause::WrongServiceOnPort, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].tried, Some(Tried::Works));
    }

    #[test]
    fn a_web_server_in_clear_where_tls_was_due_is_the_wrong_service() {
        evidence()
            .imap("mail.example.com", 8080, Security::Tls)
            .saw(Lane::Imap, handshake(TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Http) }))
            .expect(Cause::WrongServiceOnPort, Proven);
    }

    #[test]
    fn usual_ports_that_were_tried_in_vain_aren_t_offered() {
        let diagnosis = evidence()
            .imap("mail.example.com", 110, Security::Tls)
            .saw(Lane::Imap, foreign(None))
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Closed))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Silent))
            .expect(Cause::WrongServiceOnPort, Likely);
        assert!(diagnosis.headline().unwrap().suggestions.is_empty());
    }

    #[test]
    fn the_right_service_in_clear_isn_t_the_wrong_one() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, handshake(TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Imap) }))
            .expect_not(Cause::WrongServiceOnPort);
    }
}
