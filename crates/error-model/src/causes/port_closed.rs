//! 002 port-closed: the server refuses connections on the port given.

use super::rule_api::*;

pub(super) const ID: &str = "port-closed";
pub(super) const TEXTS: Texts = texts!("002/port-closed");

/// An address without a route beside the refusing one changes nothing; one that stays silent or is shielded does.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let tried = view.unconnected()?;
    if tried.refused.is_empty() {
        return None;
    }
    let only_refused = tried.silent.is_empty() && tried.prohibited.is_empty();
    let claim = if only_refused {
        Claim::proven(Step::Connect, tried.refused)
    } else {
        Claim::likely(Step::Connect, tried.refused)
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn refused() -> Builder {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
    }

    #[test]
    fn a_refused_connection_is_a_closed_port_and_the_port_that_works_is_offered() {
        let diagnosis = refused()
            .saw(Lane::Imap, attempt("2001:db8::1", ConnectOutcome::NetworkUnreachable))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::PortClosed, Proven);
        let finding = diagnosis.headline().unwrap();
        let offered: Vec<_> =
            finding.suggestions.iter().map(|s| (s.field, s.value.as_str(), s.tried)).collect();
        assert_eq!(
            offered,
            [
                (Field::ImapPort, "143", Some(Tried::Works)),
                (Field::ImapSecurity, "starttls", Some(Tried::Works))
            ]
        );
        assert_eq!(finding.observations, [2, 4]);
    }

    #[test]
    fn a_port_with_a_doubtful_certificate_is_offered_only_if_none_works() {
        let diagnosis = evidence()
            .smtp("mail.example.com", 2525, Security::StartTls)
            .saw(Lane::Smtp, attempt("192.0.2.1", ConnectOutcome::Refused))
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::TlsUnclean))
            .saw(Lane::Smtp, tried(587, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::PortClosed, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "587");
    }

    #[test]
    fn port_25_is_never_offered() {
        let diagnosis = evidence()
            .smtp("mail.example.com", 465, Security::Tls)
            .saw(Lane::Smtp, attempt("192.0.2.1", ConnectOutcome::Refused))
            .saw(Lane::Smtp, tried(25, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::PortClosed, Proven);
        assert!(diagnosis.headline().unwrap().suggestions.is_empty());
    }

    #[test]
    fn a_silent_address_beside_the_refusing_one_leaves_a_doubt() {
        refused()
            .saw(Lane::Imap, attempt("192.0.2.2", ConnectOutcome::TimedOut))
            .expect(Cause::PortClosed, Likely);
    }

    #[test]
    fn one_address_that_connects_opens_the_port() {
        refused().saw(Lane::Imap, connected()).expect_not(Cause::PortClosed);
    }
}
