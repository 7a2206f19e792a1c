//! 008 handshake-failed: an alert that no other cause explains, or the end of the connection in the handshake.

use super::rule_api::*;

pub(super) const ID: &str = "handshake-failed";
pub(super) const TEXTS: Texts = texts!("008/handshake-failed");

/// Alerts that other causes explain: handshake_failure, no_certificate, protocol_version, insufficient_security,
/// unrecognized_name, certificate_required.
const EXPLAINED: [u8; 6] = [40, 41, 70, 71, 112, 116];

/// internal_error: mostly a certificate or a key that the server can't load (tls-not-configured).
const INTERNAL_ERROR: u8 = 80;

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    let claim = match outcome {
        TlsOutcome::Alert { number: INTERNAL_ERROR, after_certificate: false, .. } => {
            Claim::possible(Step::Tls, [seq])
        }
        TlsOutcome::Alert { number, .. } if EXPLAINED.contains(number) => return None,
        // About the client's certificate (client-certificate-required).
        TlsOutcome::Alert { number: 42..=46 | 48, after_certificate: true, .. } => {
            Claim::possible(Step::Tls, [seq])
        }
        TlsOutcome::Closed { .. } if view.old_hello_answered().is_some() => return None,
        // A server without a certificate may end it so too (tls-not-configured).
        TlsOutcome::Closed { after_bytes: false, .. } => Claim::likely(Step::Tls, [seq]).also([Code::E004]),
        // rustls reads handshake messages of 64 KiB at most (`HandshakePayloadTooLarge`). Other clients read on.
        TlsOutcome::Broken { detail } if detail.contains("TooLarge") => Claim::likely(Step::Tls, [seq]),
        TlsOutcome::Alert { .. } | TlsOutcome::Broken { .. } | TlsOutcome::Closed { .. } => {
            Claim::proven(Step::Tls, [seq])
        }
        _ => return None,
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn an_alert_without_a_cause_of_its_own_fails_the_handshake() {
        imaps().saw(Lane::Imap, alert(49, "access_denied")).expect(Cause::HandshakeFailed, Proven);
    }

    #[test]
    fn the_end_of_the_connection_fails_the_handshake() {
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::Closed { reset: true, after_bytes: true }))
            .expect(Cause::HandshakeFailed, Proven);
    }

    #[test]
    fn an_end_before_the_first_byte_may_also_mean_that_there_is_no_certificate() {
        let findings = imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::Closed { reset: false, after_bytes: false }))
            .diagnose()
            .lanes
            .imap
            .unwrap()
            .findings;
        let found = findings.iter().find(|f| f.cause == Cause::HandshakeFailed).unwrap();
        assert_eq!((found.confidence, found.also_shown_as.as_slice()), (Likely, [Code::E004].as_slice()));
    }

    #[test]
    fn a_peer_that_breaks_the_protocol_fails_the_handshake() {
        let detail = "InappropriateHandshakeMessage".into();
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::Broken { detail }))
            .expect(Cause::HandshakeFailed, Proven);
    }

    #[test]
    fn a_message_that_only_this_client_finds_too_long_makes_it_likely() {
        let detail = "received corrupt message of type HandshakePayloadTooLarge".into();
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::Broken { detail }))
            .expect(Cause::HandshakeFailed, Likely);
    }

    #[test]
    fn an_alert_that_another_cause_explains_is_left_to_it() {
        for number in EXPLAINED {
            imaps().saw(Lane::Imap, alert(number, "of some kind")).expect_not(Cause::HandshakeFailed);
        }
    }

    #[test]
    fn silence_is_no_failed_handshake() {
        imaps().saw(Lane::Imap, handshake(TlsOutcome::TimedOut)).expect_not(Cause::HandshakeFailed);
    }
}
