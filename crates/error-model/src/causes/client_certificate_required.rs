//! 008 client-certificate-required: the server asks for a certificate of the client and won't go on without one.

use super::rule_api::*;

pub(super) const ID: &str = "client-certificate-required";
pub(super) const TEXTS: Texts = texts!("008/client-certificate-required");

/// no_certificate (SSL 3.0, RFC 6101 §5.4.2) and certificate_required (RFC 8446 §6.2).
const SAYS_SO: [u8; 2] = [41, 116];

/// handshake_failure, and the alerts about the client's certificate: bad_certificate to certificate_unknown, unknown_ca.
/// Before TLS 1.3 servers say one of them to a client that has no certificate to send.
const ABOUT_THE_CLIENT: [u8; 7] = [40, 42, 43, 44, 45, 46, 48];

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, outcome) = view.handshake()?;
    let claim = match outcome {
        TlsOutcome::ClientCertificateRequired => Claim::proven(Step::Tls, [seq]),
        TlsOutcome::Alert { number, .. } if SAYS_SO.contains(number) => Claim::proven(Step::Tls, [seq]),
        // The server's own certificate had come: little was left to refuse but the client's.
        TlsOutcome::Alert { number, after_certificate: true, .. } if ABOUT_THE_CLIENT.contains(number) => {
            Claim::likely(Step::Tls, [seq])
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
    fn a_server_that_insists_is_proof() {
        imaps()
            .saw(Lane::Imap, handshake(TlsOutcome::ClientCertificateRequired))
            .expect(Cause::ClientCertificateRequired, Proven);
        imaps()
            .saw(Lane::Imap, late_alert(116, "certificate_required"))
            .expect(Cause::ClientCertificateRequired, Proven);
    }

    #[test]
    fn a_failure_after_the_server_s_certificate_makes_it_likely() {
        for number in ABOUT_THE_CLIENT {
            imaps()
                .saw(Lane::Imap, late_alert(number, "of some kind"))
                .expect(Cause::ClientCertificateRequired, Likely);
        }
    }

    #[test]
    fn a_failure_before_the_server_s_certificate_has_another_reason() {
        imaps().saw(Lane::Imap, alert(40, "handshake_failure")).expect_not(Cause::ClientCertificateRequired);
    }
}
