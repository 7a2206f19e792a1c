//! From what rustls reports to how a handshake ended, in the words of the evidence.

use std::io;

use error_model::evidence::{ForeignProtocol, TlsOutcome, TlsVersion};
use tokio_rustls::rustls::{
    AlertDescription, ClientConnection, Error, PeerIncompatible, PeerMisbehaved, ProtocolVersion,
};

use crate::foreign;

/// What was seen before the handshake ended.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    /// The first bytes received.
    pub first: &'a [u8],
    /// A certificate had come.
    pub certificate: bool,
    /// The server had asked for a client certificate.
    pub client_certificate_wanted: bool,
}

pub(super) fn of_session(session: &ClientConnection) -> TlsOutcome {
    let version = match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => TlsVersion::Tls12,
        _ => TlsVersion::Tls13,
    };
    let suite = session.negotiated_cipher_suite().and_then(|s| s.suite().as_str());
    TlsOutcome::Established { version, cipher: suite.unwrap_or("unknown").to_owned() }
}

pub(super) fn of_error(error: &io::Error, seen: Seen<'_>) -> TlsOutcome {
    if let Some(protocol) = plaintext(seen.first) {
        return TlsOutcome::Plaintext { protocol };
    }
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(error) => of_tls_error(error, seen),
        None if error.kind() == io::ErrorKind::TimedOut => TlsOutcome::TimedOut,
        None if seen.client_certificate_wanted => TlsOutcome::ClientCertificateRequired,
        None => closed(error.kind() == io::ErrorKind::ConnectionReset, seen),
    }
}

fn closed(reset: bool, seen: Seen<'_>) -> TlsOutcome {
    TlsOutcome::Closed { reset, after_bytes: !seen.first.is_empty() }
}

fn of_tls_error(error: &Error, seen: Seen<'_>) -> TlsOutcome {
    match error {
        Error::AlertReceived(AlertDescription::CloseNotify) => closed(false, seen),
        Error::AlertReceived(_) if seen.client_certificate_wanted => TlsOutcome::ClientCertificateRequired,
        Error::AlertReceived(alert) => TlsOutcome::Alert {
            number: u8::from(*alert),
            name: alert_name(*alert),
            after_certificate: seen.certificate,
        },
        Error::NoCertificatesPresented => TlsOutcome::NoCertificate,
        Error::InvalidCertificate(reason) => {
            TlsOutcome::CertificateUnusable { detail: format!("{reason:?}") }
        }
        Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => TlsOutcome::VersionTooOld,
        Error::PeerIncompatible(reason) => TlsOutcome::NothingInCommon { detail: format!("{reason:?}") },
        Error::PeerMisbehaved(reason @ PeerMisbehaved::SelectedUnofferedCipherSuite) => {
            TlsOutcome::NothingInCommon { detail: format!("{reason:?}") }
        }
        other => TlsOutcome::Broken { detail: other.to_string() },
    }
}

/// The alert's name as RFC 8446 §6 writes it: `handshake_failure`.
fn alert_name(alert: AlertDescription) -> String {
    match alert {
        AlertDescription::UnrecognisedName => "unrecognized_name".to_owned(),
        AlertDescription::UnknownCA => "unknown_ca".to_owned(),
        alert => {
            let mut name = String::new();
            for c in format!("{alert:?}").chars() {
                if c.is_ascii_uppercase() && !name.is_empty() {
                    name.push('_');
                }
                name.push(c.to_ascii_lowercase());
            }
            name
        }
    }
}

/// Whether the first bytes are words instead of a TLS record, and whose.
fn plaintext(first: &[u8]) -> Option<Option<ForeignProtocol>> {
    let known = protocol::identify(first);
    match known {
        Some(protocol::ForeignProtocol::TlsRecord) => None,
        Some(known) => Some(Some(foreign(known))),
        None => {
            let words = first.len() >= 4
                && first
                    .iter()
                    .take(16)
                    .all(|b| b.is_ascii_graphic() || matches!(b, b' ' | b'\r' | b'\n' | b'\t'));
            words.then_some(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(error: Error, first: &[u8]) -> TlsOutcome {
        let seen = Seen { first, certificate: false, client_certificate_wanted: false };
        of_error(&io::Error::new(io::ErrorKind::InvalidData, error), seen)
    }

    #[test]
    fn words_on_a_tls_port_are_told_from_broken_tls() {
        let error = || Error::InvalidMessage(tokio_rustls::rustls::InvalidMessage::InvalidContentType);
        let imap = TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Imap) };
        assert_eq!(outcome(error(), b"* OK Dovecot ready\r\n"), imap);
        assert_eq!(outcome(error(), b"hello world\r\n"), TlsOutcome::Plaintext { protocol: None });
        assert!(matches!(outcome(error(), b"\x99\x88\x77\x66"), TlsOutcome::Broken { .. }));
    }

    #[test]
    fn alerts_have_their_number_and_their_rfc_name() {
        for (alert, number, name) in [
            (AlertDescription::HandshakeFailure, 40, "handshake_failure"),
            (AlertDescription::ProtocolVersion, 70, "protocol_version"),
            (AlertDescription::UnrecognisedName, 112, "unrecognized_name"),
        ] {
            let expected = TlsOutcome::Alert { number, name: name.into(), after_certificate: false };
            assert_eq!(outcome(Error::AlertReceived(alert), b"\x15\x03\x03\x00\x02"), expected);
        }
    }

    #[test]
    fn a_server_that_hangs_up_is_told_from_one_that_began() {
        let eof = io::Error::from(io::ErrorKind::UnexpectedEof);
        let seen = |first| Seen { first, certificate: false, client_certificate_wanted: false };
        assert_eq!(of_error(&eof, seen(b"")), TlsOutcome::Closed { reset: false, after_bytes: false });
        let begun = seen(b"\x16\x03\x03\x00\x7a");
        assert_eq!(of_error(&eof, begun), TlsOutcome::Closed { reset: false, after_bytes: true });
    }
}
