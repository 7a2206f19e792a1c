//! 004 tls-not-configured: the server begins TLS, but has no certificate to show.

use super::rule_api::*;

pub(super) const ID: &str = "tls-not-configured";
pub(super) const TEXTS: Texts = texts!("004/tls-not-configured");

/// TLS alerts (RFC 8446 §6.2).
const HANDSHAKE_FAILURE: u8 = 40;
const INTERNAL_ERROR: u8 = 80;

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = without_certificate(view).or_else(|| ended_before_certificate(view))?;
    Some(claim.suggest_better(view, view.better_setting()))
}

/// STARTTLS refused, or a handshake without a certificate.
fn without_certificate(view: &LaneView<'_>) -> Option<Claim> {
    let refused = |how: &Missing| matches!(how, Missing::Refused | Missing::NoCertificate);
    let (_, seen) = view.no_tls_here().filter(|(how, _)| refused(how))?;
    // A good certificate on the other service says more: tls-missing-on-one-service.
    let one_service_only = view.sister_is_clean().is_some() && view.better_setting().is_none();
    Some(if one_service_only { Claim::likely(Step::Tls, [seen]) } else { Claim::proven(Step::Tls, [seen]) })
}

/// The server broke off before it showed a certificate. A hello of another kind that it does answer (an older version,
/// no server name) shows that it has one.
fn ended_before_certificate(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    let answers_otherwise = view.find(|o| match o {
        Observation::LegacyTls { .. } | Observation::TlsWithoutName { accepted: true } => Some(()),
        _ => None,
    });
    if answers_otherwise.is_some() {
        return None;
    }
    let every_hello = view.find(|o| matches!(o, Observation::EveryHelloRefused { .. }).then_some(()));
    let claim = match (outcome, every_hello) {
        (TlsOutcome::Alert { after_certificate: true, .. }, _) => return None,
        (TlsOutcome::Alert { number: HANDSHAKE_FAILURE | INTERNAL_ERROR, .. }, Some((refused, ()))) => {
            Claim::proven(Step::Tls, [seq, refused])
        }
        (TlsOutcome::Alert { number: INTERNAL_ERROR, .. }, None) => Claim::likely(Step::Tls, [seq]),
        // Old methods may be all that it has (no-common-cipher), and who just hangs up gives no reason at all
        // (handshake-failed).
        (
            TlsOutcome::Alert { number: HANDSHAKE_FAILURE, .. }
            | TlsOutcome::Closed { after_bytes: false, .. },
            _,
        ) => Claim::possible(Step::Tls, [seq]),
        _ => return None,
    };
    Some(claim.also([Code::E008]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn alert(number: u8, name: &str, after_certificate: bool) -> Observation {
        handshake(TlsOutcome::Alert { number, name: name.into(), after_certificate })
    }

    fn smtp() -> Builder {
        evidence().smtp("mail.example.com", 587, Security::StartTls)
    }

    #[test]
    fn starttls_that_is_offered_and_refused_isn_t_configured() {
        smtp()
            .saw(
                Lane::Smtp,
                starttls_refused(reply(
                    ReplyStatus::Later,
                    Some(454),
                    "4.7.0 TLS not available due to local problem",
                )),
            )
            .expect(Cause::TlsNotConfigured, Proven);
    }

    #[test]
    fn a_handshake_without_a_certificate_proves_it() {
        smtp().saw(Lane::Smtp, handshake(TlsOutcome::NoCertificate)).expect(Cause::TlsNotConfigured, Proven);
    }

    #[test]
    fn an_internal_error_before_the_certificate_makes_it_likely() {
        smtp().saw(Lane::Smtp, alert(80, "internal_error", false)).expect(Cause::TlsNotConfigured, Likely);
    }

    #[test]
    fn a_server_that_hangs_up_without_a_word_makes_it_possible_behind_the_broken_handshake() {
        let diagnosis = smtp()
            .saw(Lane::Smtp, handshake(TlsOutcome::Closed { reset: false, after_bytes: false }))
            .expect(Cause::HandshakeFailed, Likely);
        let second = &diagnosis.lanes.smtp.unwrap().findings[1];
        assert_eq!((second.cause, second.confidence), (Cause::TlsNotConfigured, Possible));
    }

    #[test]
    fn a_bare_handshake_failure_makes_it_possible() {
        let diagnosis = smtp().saw(Lane::Smtp, alert(40, "handshake_failure", false)).diagnose();
        let findings = diagnosis.lanes.smtp.unwrap().findings;
        let found = findings.iter().find(|f| f.cause == Cause::TlsNotConfigured);
        assert_eq!(found.map(|f| f.confidence), Some(Possible));
    }

    #[test]
    fn a_server_that_refuses_every_kind_of_hello_has_nothing_to_answer_with() {
        smtp()
            .saw(Lane::Smtp, alert(40, "handshake_failure", false))
            .saw(Lane::Smtp, Observation::EveryHelloRefused { hellos: 4 })
            .expect(Cause::TlsNotConfigured, Proven);
    }

    #[test]
    fn an_alert_after_the_certificate_has_another_reason() {
        smtp().saw(Lane::Smtp, alert(80, "internal_error", true)).expect_not(Cause::TlsNotConfigured);
    }

    #[test]
    fn a_server_that_answers_an_old_hello_has_tls_configured() {
        smtp()
            .saw(Lane::Smtp, alert(40, "handshake_failure", false))
            .saw(Lane::Smtp, Observation::LegacyTls { version: TlsVersion::Tls10 })
            .expect_not(Cause::TlsNotConfigured);
    }
}
