//! SASL (RFC 4422): which mechanism to use for a password or a token, and the messages of each.

mod credentials;
mod exchange;
mod message;

use std::fmt;

pub use credentials::{CredentialError, Credentials, Field, Kind};
pub(crate) use exchange::{Answer, Exchange};

/// A mechanism that this crate speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// RFC 4616.
    Plain,
    /// The undocumented mechanism of old (draft-murchison-sasl-login): user name and password asked for in turn.
    Login,
    /// Google's and Microsoft's bearer token mechanism.
    XOAuth2,
    /// RFC 7628.
    OAuthBearer,
}

impl Mechanism {
    /// The registered name, in capitals.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
            Self::XOAuth2 => "XOAUTH2",
            Self::OAuthBearer => "OAUTHBEARER",
        }
    }

    /// Whether this mechanism carries such a secret.
    #[must_use]
    pub fn carries(self, kind: Kind) -> bool {
        kind.mechanisms().contains(&self)
    }

    /// The one mechanism to use for a secret of this kind, where the server offers any that carries it: PLAIN before
    /// LOGIN, XOAUTH2 before OAUTHBEARER. A second one is never tried with the same secret: it would count as a
    /// second attempt on the account.
    #[must_use]
    pub fn choose<'a>(kind: Kind, offered: impl IntoIterator<Item = &'a [u8]>) -> Option<Self> {
        let offered: Vec<&[u8]> = offered.into_iter().collect();
        let is_offered = |mechanism: &Self| {
            offered.iter().any(|name| name.eq_ignore_ascii_case(mechanism.name().as_bytes()))
        };
        kind.mechanisms().iter().copied().find(is_offered)
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a server said in the middle of a sign-in, besides asking for the next message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// The error of XOAUTH2 and OAUTHBEARER (RFC 7628, 3.2.2), decoded: JSON such as
    /// `{"status":"400","schemes":"bearer","scope":"…"}`. The refusal itself follows.
    OAuthError(Vec<u8>),
    /// A challenge that the mechanism has no answer to, as the server wrote it. The exchange was cancelled.
    Unexpected(Vec<u8>),
}
