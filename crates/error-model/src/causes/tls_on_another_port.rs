//! 004 tls-on-another-port: no TLS on the port given, but on another port of the same host.

use super::rule_api::*;

pub(super) const ID: &str = "tls-on-another-port";
pub(super) const TEXTS: Texts = texts!("004/tls-on-another-port");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (how, seen) = view.no_tls_here()?;
    let elsewhere = view.better(|port, _| port != view.endpoint.port)?;
    let seen = [seen, elsewhere.seq];
    let claim = match (how, elsewhere.tried) {
        (Missing::NotOffered, Tried::Works) => Claim::proven(Step::Tls, seen),
        (Missing::NotOffered, Tried::Partly) => Claim::likely(Step::Tls, seen),
        // The port that was typed may take STARTTLS: plaintext-on-tls-port says so first.
        (Missing::Plaintext | Missing::UnknownPlaintext, _) => Claim::possible(Step::Tls, seen),
        // TLS is there, without a certificate: tls-not-configured.
        (Missing::Refused | Missing::NoCertificate, _) => return None,
    };
    Some(claim.suggest_better(view, Some(elsewhere)))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn no_tls_on_143() -> Builder {
        evidence()
            .imap("mail.example.com", 143, Security::StartTls)
            .saw(Lane::Imap, greeting(GreetingOutcome::Ready, 30))
            .saw(Lane::Imap, no_starttls())
    }

    #[test]
    fn a_port_without_starttls_beside_one_with_tls_is_just_the_wrong_port() {
        let diagnosis = no_tls_on_143()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .expect(Cause::TlsOnAnotherPort, Proven);
        let offered: Vec<_> =
            diagnosis.headline().unwrap().suggestions.iter().map(|s| (s.value.as_str(), s.tried)).collect();
        assert_eq!(offered, [("993", Some(Tried::Works)), ("tls", Some(Tried::Works))]);
    }

    #[test]
    fn a_doubtful_certificate_on_the_other_port_makes_it_likely() {
        no_tls_on_143()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::TlsUnclean))
            .expect(Cause::TlsOnAnotherPort, Likely);
    }

    #[test]
    fn plaintext_on_the_tls_port_stays_the_headline() {
        evidence()
            .imap("mail.example.com", 143, Security::Tls)
            .saw(Lane::Imap, handshake(TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Imap) }))
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .expect(Cause::PlaintextOnTlsPort, Proven);
    }

    #[test]
    fn a_closed_port_has_no_tls_to_offer() {
        no_tls_on_143()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Closed))
            .expect_not(Cause::TlsOnAnotherPort);
    }
}
