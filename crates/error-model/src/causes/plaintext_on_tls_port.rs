//! 004 plaintext-on-tls-port: the service itself speaks in clear where TLS was expected.

use super::rule_api::*;

pub(super) const ID: &str = "plaintext-on-tls-port";
pub(super) const TEXTS: Texts = texts!("004/plaintext-on-tls-port");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (how, seen) = view.no_tls_here()?;
    let claim = match how {
        Missing::Plaintext => Claim::proven(Step::Tls, [seen]),
        Missing::UnknownPlaintext => Claim::likely(Step::Tls, [seen]),
        _ => return None,
    };
    // The port that was typed, if it can be upgraded; else another one.
    let here = view.better(|port, security| port == view.endpoint.port && security == Security::StartTls);
    Some(claim.suggest_better(view, here.or_else(|| view.better_setting())))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn in_clear(protocol: Option<ForeignProtocol>) -> Builder {
        evidence()
            .imap("mail.example.com", 143, Security::Tls)
            .saw(Lane::Imap, connected())
            .saw(Lane::Imap, handshake(TlsOutcome::Plaintext { protocol }))
    }

    #[test]
    fn a_greeting_in_clear_instead_of_a_handshake_is_no_tls_and_starttls_is_offered() {
        let diagnosis = in_clear(Some(ForeignProtocol::Imap))
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::PlaintextOnTlsPort, Proven);
        let offered: Vec<_> =
            diagnosis.headline().unwrap().suggestions.iter().map(|s| (s.field, s.value.as_str())).collect();
        assert_eq!(offered, [(Field::ImapSecurity, "starttls")]);
    }

    #[test]
    fn words_in_clear_that_nobody_knows_leave_a_doubt() {
        in_clear(None).expect(Cause::PlaintextOnTlsPort, Likely);
    }

    #[test]
    fn another_service_in_clear_is_the_wrong_service() {
        in_clear(Some(ForeignProtocol::Smtp)).expect_not(Cause::PlaintextOnTlsPort);
    }
}
