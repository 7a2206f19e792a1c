//! 008 tls-version-too-old: the server speaks TLS 1.1 or older only, which a hand-made hello shows.

use super::rule_api::*;

pub(super) const ID: &str = "tls-version-too-old";
pub(super) const TEXTS: Texts = texts!("008/tls-version-too-old");

/// protocol_version (RFC 8446 §6.2).
const PROTOCOL_VERSION: u8 = 70;

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake().filter(|(_, outcome)| broke_off(outcome))?;
    let claim = match (outcome, view.old_hello_answered()) {
        // An old version is all that it answers with, though newer ones were on offer.
        (_, Some((hello, version))) if version <= TlsVersion::Tls11 => Claim::proven(Step::Tls, [seq, hello]),
        (TlsOutcome::VersionTooOld, _) => Claim::proven(Step::Tls, [seq]),
        (TlsOutcome::Alert { number: PROTOCOL_VERSION, .. }, _) => Claim::likely(Step::Tls, [seq]),
        _ => return None,
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

/// The handshake failed before a certificate was seen; with a certificate the version had been agreed on.
fn broke_off(outcome: &TlsOutcome) -> bool {
    matches!(
        outcome,
        TlsOutcome::VersionTooOld
            | TlsOutcome::NothingInCommon { .. }
            | TlsOutcome::Closed { .. }
            | TlsOutcome::Alert { after_certificate: false, .. }
    )
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn legacy(version: TlsVersion) -> Observation {
        Observation::LegacyTls { version }
    }

    #[test]
    fn an_answer_with_an_old_version_is_proof() {
        imaps().saw(Lane::Imap, handshake(TlsOutcome::VersionTooOld)).expect(Cause::TlsVersionTooOld, Proven);
    }

    #[test]
    fn the_alert_alone_makes_it_likely() {
        imaps().saw(Lane::Imap, alert(70, "protocol_version")).expect(Cause::TlsVersionTooOld, Likely);
    }

    #[test]
    fn an_old_hello_that_is_answered_proves_it_whatever_the_alert() {
        for number in [70, 40] {
            imaps()
                .saw(Lane::Imap, alert(number, "of some kind"))
                .saw(Lane::Imap, legacy(TlsVersion::Tls10))
                .expect(Cause::TlsVersionTooOld, Proven);
        }
    }

    #[test]
    fn a_server_that_can_speak_tls_1_2_is_new_enough() {
        imaps()
            .saw(Lane::Imap, alert(40, "handshake_failure"))
            .saw(Lane::Imap, legacy(TlsVersion::Tls12))
            .expect_not(Cause::TlsVersionTooOld);
    }
}
