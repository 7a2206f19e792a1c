//! 008 no-common-cipher: the version fits, but the server knows none of the methods offered.

use super::rule_api::*;

pub(super) const ID: &str = "no-common-cipher";
pub(super) const TEXTS: Texts = texts!("008/no-common-cipher");

/// handshake_failure and insufficient_security (RFC 8446 §6.2).
const HANDSHAKE_FAILURE: u8 = 40;
const INSUFFICIENT_SECURITY: u8 = 71;

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    let answered = view.old_hello_answered();
    if answered.is_some_and(|(_, version)| version <= TlsVersion::Tls11) {
        return None;
    }
    let claim = match (outcome, answered) {
        (TlsOutcome::NothingInCommon { .. }, _) => Claim::proven(Step::Tls, [seq]),
        (TlsOutcome::Alert { number: INSUFFICIENT_SECURITY, .. }, _) => Claim::proven(Step::Tls, [seq]),
        // The version fits, and with old methods on offer the server went on.
        (TlsOutcome::Alert { number: HANDSHAKE_FAILURE, after_certificate: false, .. }, Some((hello, _))) => {
            Claim::proven(Step::Tls, [seq, hello])
        }
        // It had every method in use to choose from: a server without a certificate (tls-not-configured) says the same.
        (TlsOutcome::Alert { number: HANDSHAKE_FAILURE, .. }, None) if view.every_hello_refused() => {
            return None;
        }
        (TlsOutcome::Alert { number: HANDSHAKE_FAILURE, after_certificate: false, .. }, None) => {
            Claim::likely(Step::Tls, [seq]).also([Code::E004])
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
    fn insufficient_security_is_proof() {
        imaps().saw(Lane::Imap, alert(71, "insufficient_security")).expect(Cause::NoCommonCipher, Proven);
    }

    #[test]
    fn a_choice_that_was_not_offered_is_proof() {
        let detail = "SelectedUnofferedCipherSuite".into();
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::NothingInCommon { detail }))
            .expect(Cause::NoCommonCipher, Proven);
    }

    #[test]
    fn a_handshake_failure_alone_makes_it_likely() {
        imaps().saw(Lane::Imap, alert(40, "handshake_failure")).expect(Cause::NoCommonCipher, Likely);
    }

    #[test]
    fn a_hello_with_old_methods_that_is_answered_proves_it() {
        imaps()
            .saw(Lane::Imap, alert(40, "handshake_failure"))
            .saw(Lane::Imap, Observation::LegacyTls { version: TlsVersion::Tls12 })
            .expect(Cause::NoCommonCipher, Proven);
    }

    #[test]
    fn a_server_that_refuses_every_method_has_none_at_all() {
        imaps()
            .saw(Lane::Imap, alert(40, "handshake_failure"))
            .saw(Lane::Imap, Observation::EveryHelloRefused { hellos: 4 })
            .expect_not(Cause::NoCommonCipher);
    }

    #[test]
    fn with_an_old_version_the_methods_are_not_the_trouble() {
        imaps()
            .saw(Lane::Imap, alert(40, "handshake_failure"))
            .saw(Lane::Imap, Observation::LegacyTls { version: TlsVersion::Tls11 })
            .expect_not(Cause::NoCommonCipher);
    }

    #[test]
    fn after_the_certificate_the_methods_had_been_agreed_on() {
        imaps().saw(Lane::Imap, late_alert(40, "handshake_failure")).expect_not(Cause::NoCommonCipher);
    }
}
