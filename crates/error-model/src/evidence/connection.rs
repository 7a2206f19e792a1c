//! TCP, the greeting, and TLS: how each ended.

use serde::{Deserialize, Serialize};

use super::ForeignProtocol;

/// How a TCP attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectOutcome {
    /// The connection stands.
    Connected,
    /// RST: nothing listens.
    Refused,
    /// No answer to the SYN within the limit.
    TimedOut,
    /// ICMP: network unreachable, or no route from here.
    NetworkUnreachable,
    /// ICMP: host unreachable.
    HostUnreachable,
    /// ICMP: administratively prohibited.
    Prohibited,
    /// Another address won the race first (RFC 8305).
    Abandoned,
    /// Anything else.
    Failed,
}

/// What came as a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GreetingOutcome {
    /// `* OK`, or `220`.
    Ready,
    /// `* PREAUTH` (RFC 9051 §7.1.4): signed in already.
    PreAuth,
    /// `* BYE`, `421`, `554`, or any reply that isn't a welcome.
    Refused,
    /// Another protocol.
    Foreign,
    /// Bytes that fit no protocol.
    Unrecognised,
    /// Nothing within the limit.
    Silent,
    /// Closed before a word.
    Closed,
    /// Reset before a word.
    Reset,
}

/// A version of TLS or SSL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TlsVersion {
    /// SSL 3.0 (RFC 6101).
    #[serde(rename = "SSL 3.0")]
    Ssl3,
    /// TLS 1.0 (RFC 2246).
    #[serde(rename = "TLS 1.0")]
    Tls10,
    /// TLS 1.1 (RFC 4346).
    #[serde(rename = "TLS 1.1")]
    Tls11,
    /// TLS 1.2 (RFC 5246).
    #[serde(rename = "TLS 1.2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "TLS 1.3")]
    Tls13,
}

impl TlsVersion {
    /// The name that people know.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }
}

/// How a handshake ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum TlsOutcome {
    /// Encrypted from here.
    Established {
        /// The version agreed on.
        version: TlsVersion,
        /// The cipher suite's IANA name.
        cipher: String,
    },
    /// The server sent a fatal alert.
    Alert {
        /// The alert's number (RFC 8446 §6).
        number: u8,
        /// Its name in the RFC, `handshake_failure`.
        name: String,
        /// The certificate had come before it.
        after_certificate: bool,
    },
    /// The server asks for a client certificate and won't go on without one.
    ClientCertificateRequired,
    /// The server speaks in clear where TLS was expected.
    Plaintext {
        /// What it seems to speak.
        protocol: Option<ForeignProtocol>,
    },
    /// Closed or reset in the handshake.
    Closed {
        /// Reset (RST) rather than closed (FIN).
        reset: bool,
        /// The server had sent something of the handshake before.
        after_bytes: bool,
    },
    /// No answer to the hello within the limit.
    TimedOut,
    /// The server answers with a version that nobody should speak.
    VersionTooOld,
    /// The server insists on something that wasn't offered.
    NothingInCommon {
        /// In the words of the TLS library.
        detail: String,
    },
    /// The handshake ended without a certificate.
    NoCertificate,
    /// The certificate is there, but can't be read, or its signature in the handshake is broken.
    CertificateUnusable {
        /// In the words of the TLS library.
        detail: String,
    },
    /// Anything else that breaks the protocol.
    Broken {
        /// In the words of the TLS library.
        detail: String,
    },
}

/// What a try of another port or mode brought, as far as it matters for a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum AlternativeOutcome {
    /// The right service, over TLS with a clean certificate.
    Works,
    /// The right service over TLS, but the certificate isn't clean.
    TlsUnclean,
    /// The right service, without TLS.
    PlaintextOnly,
    /// Something else answers there.
    Foreign {
        /// What it seems to speak.
        protocol: Option<ForeignProtocol>,
    },
    /// Answers, but goes no further (silence, a refusal, a broken handshake).
    Unusable,
    /// Refused: nothing listens.
    Closed,
    /// No answer at all.
    Silent,
    /// Not tried: the egress policy doesn't allow it.
    NotAllowed,
}

impl AlternativeOutcome {
    /// The host answered at all on that port, be it with a refusal.
    #[must_use]
    pub const fn answered(&self) -> bool {
        !matches!(self, Self::Silent | Self::NotAllowed)
    }
}
