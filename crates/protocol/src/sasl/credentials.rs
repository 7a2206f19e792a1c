//! A user name with a password or a token, checked once.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::Mechanism;
use crate::limits;

/// Whether the secret is a password or an OAuth token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A password, or an app password.
    Password,
    /// An OAuth 2.0 access token (RFC 6750).
    Token,
}

impl Kind {
    /// The mechanisms that carry such a secret, the preferred one first.
    pub(super) fn mechanisms(self) -> &'static [Mechanism] {
        match self {
            Self::Password => &[Mechanism::Plain, Mechanism::Login],
            Self::Token => &[Mechanism::XOAuth2, Mechanism::OAuthBearer],
        }
    }
}

/// A user name and a secret that every mechanism can carry: not empty, no line ends, no separators.
///
/// `Debug` shows neither of the two.
#[derive(Clone)]
pub struct Credentials {
    pub(super) user: String,
    pub(super) secret: SecretString,
    pub(super) server: Option<(String, u16)>,
    kind: Kind,
}

/// Credentials that can't be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CredentialError {
    /// The user name or the secret is empty.
    #[error("the {0} is empty")]
    Empty(Field),
    /// It holds a carriage return, a line feed or NUL (in a token or its user name: any control character). Such a
    /// character ends a command or a SASL message early.
    #[error("the {0} holds a character that can't be sent")]
    ForbiddenCharacter(Field),
    /// It is longer than [`limits::FIELD`].
    #[error("the {0} is too long")]
    TooLong(Field),
}

/// Which part of the credentials an error is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The user name.
    User,
    /// The password or the token.
    Secret,
    /// The host name given for OAUTHBEARER.
    Host,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user name",
            Self::Secret => "password or token",
            Self::Host => "host name",
        })
    }
}

impl Credentials {
    /// A user name and a password, in any script.
    ///
    /// # Errors
    /// When one of them is empty, too long, or holds CR, LF or NUL.
    pub fn password(user: impl Into<String>, password: SecretString) -> Result<Self, CredentialError> {
        let user = user.into();
        let forbidden = |character| matches!(character, '\r' | '\n' | '\0');
        check(Field::User, &user, forbidden)?;
        check(Field::Secret, password.expose_secret(), forbidden)?;
        Ok(Self { user, secret: password, server: None, kind: Kind::Password })
    }

    /// A user name and an OAuth access token.
    ///
    /// # Errors
    /// When one of them is empty, too long, or holds a control character.
    pub fn token(user: impl Into<String>, token: SecretString) -> Result<Self, CredentialError> {
        let user = user.into();
        check(Field::User, &user, char::is_control)?;
        check(Field::Secret, token.expose_secret(), char::is_control)?;
        Ok(Self { user, secret: token, server: None, kind: Kind::Token })
    }

    /// Names the host and port that OAUTHBEARER tells the server it was connected to (RFC 7628, 3.1). The other
    /// mechanisms don't say.
    ///
    /// # Errors
    /// When the host name is empty, too long, or holds a control character.
    pub fn for_server(mut self, host: impl Into<String>, port: u16) -> Result<Self, CredentialError> {
        let host = host.into();
        check(Field::Host, &host, char::is_control)?;
        self.server = Some((host, port));
        Ok(self)
    }

    /// Whether this is a password or a token.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn secret(&self) -> &SecretString {
        &self.secret
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("kind", &self.kind).finish_non_exhaustive()
    }
}

fn check(field: Field, text: &str, forbidden: impl Fn(char) -> bool) -> Result<(), CredentialError> {
    if text.is_empty() {
        Err(CredentialError::Empty(field))
    } else if text.len() > limits::FIELD {
        Err(CredentialError::TooLong(field))
    } else if text.contains(forbidden) {
        Err(CredentialError::ForbiddenCharacter(field))
    } else {
        Ok(())
    }
}
