//! The two lanes of a run, the eight steps of a lane, and the security modes of a connection.

use serde::{Deserialize, Serialize};

/// One service of the mailbox. Every observation belongs to a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// Receiving (RFC 9051).
    Imap,
    /// Sending (RFC 5321, submission RFC 6409).
    Smtp,
}

impl Lane {
    /// Both lanes; IMAP first, because it wins a tie.
    pub const ALL: [Self; 2] = [Self::Imap, Self::Smtp];

    /// The name on the wire: `imap` or `smtp`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Imap => "imap",
            Self::Smtp => "smtp",
        }
    }

    /// The other lane.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Imap => Self::Smtp,
            Self::Smtp => Self::Imap,
        }
    }

    /// The service's usual ports and how each is secured (RFC 8314), the best first.
    #[must_use]
    pub const fn usual_ports(self) -> &'static [(u16, Security)] {
        match self {
            Self::Imap => &[(993, Security::Tls), (143, Security::StartTls)],
            Self::Smtp => &[(465, Security::Tls), (587, Security::StartTls), (25, Security::StartTls)],
        }
    }
}

/// A step of a lane, in the order that decides which fault is named first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The name becomes addresses.
    Resolve,
    /// TCP to one of the addresses.
    Connect,
    /// The server says who it is.
    Greeting,
    /// STARTTLS where it's needed, and the handshake.
    Tls,
    /// The certificate's verdict.
    Certificate,
    /// What the server offers.
    Capabilities,
    /// User name and password, or a token.
    SignIn,
    /// The mailbox opens (IMAP); the sender is allowed (SMTP).
    Mailbox,
}

impl Step {
    /// All eight, in order.
    pub const ALL: [Self; 8] = [
        Self::Resolve,
        Self::Connect,
        Self::Greeting,
        Self::Tls,
        Self::Certificate,
        Self::Capabilities,
        Self::SignIn,
        Self::Mailbox,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Tls => "tls",
            Self::Certificate => "certificate",
            Self::Capabilities => "capabilities",
            Self::SignIn => "sign-in",
            Self::Mailbox => "mailbox",
        }
    }
}

/// What has become of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Under way.
    Started,
    /// Done, nothing wrong.
    Passed,
    /// Done, a fault was seen.
    Failed,
    /// Not done, because an earlier step failed or nothing asked for it.
    Skipped,
}

/// How a connection is secured (RFC 8314).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte ('implicit TLS').
    Tls,
    /// In clear first, then an upgrade (RFC 3501 §6.2.1, RFC 3207).
    StartTls,
    /// No TLS. A sign-in never happens this way.
    Plain,
}

impl Security {
    /// The name on the wire and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::Plain => "plain",
        }
    }

    /// What a port usually means: 993 and 465 TLS, the other mail ports STARTTLS, anything else TLS.
    #[must_use]
    pub const fn of_port(port: u16) -> Self {
        match port {
            25 | 143 | 587 | 2525 => Self::StartTls,
            _ => Self::Tls,
        }
    }
}

/// A server as a person names it: not yet a valid host, so that an error can show what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Host name or address, as typed.
    pub host: String,
    /// TCP port, never 0 once validated.
    pub port: u16,
    /// How the connection is to be secured.
    pub security: Security,
}
