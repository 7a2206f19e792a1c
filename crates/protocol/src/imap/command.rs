//! The commands that an account check sends.

use super::Capabilities;
use crate::{
    limits,
    sasl::{Credentials, Kind, Mechanism},
};

/// A command. Those that change what may follow (STARTTLS, AUTHENTICATE, LOGIN) are sent alone; the others may be
/// on their way together.
#[derive(Debug)]
pub enum Command {
    /// CAPABILITY.
    Capability,
    /// ID (RFC 2971), with the name and version of this program: some servers open no mailbox to a nameless client.
    Id,
    /// STARTTLS. Once it is accepted, [`upgrade`](super::Dialogue::upgrade) must follow.
    StartTls,
    /// AUTHENTICATE. [`Command::sign_in`] chooses the mechanism.
    Authenticate {
        /// The mechanism.
        mechanism: Mechanism,
        /// Who signs in.
        credentials: Credentials,
        /// Whether the server takes an initial response (RFC 4959).
        initial_response: bool,
    },
    /// LOGIN, for servers without AUTHENTICATE PLAIN or LOGIN.
    Login(Credentials),
    /// NAMESPACE (RFC 2342).
    Namespace,
    /// EXAMINE INBOX: opens it without changing anything.
    Examine,
    /// STATUS INBOX.
    Status {
        /// Whether to ask for SIZE too, which the server must list as `STATUS=SIZE` (RFC 8438).
        size: bool,
    },
    /// FETCH of the sizes of these messages and the beginnings of their headers ([`limits::HEAD`] bytes), which marks
    /// none of them as read. Nothing of an answer is handed on but its length.
    FetchHeads {
        /// The number of the first message.
        first: u32,
        /// The number of the last one.
        last: u32,
    },
    /// LOGOUT.
    Logout,
}

/// A command without its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// CAPABILITY.
    Capability,
    /// ID.
    Id,
    /// STARTTLS.
    StartTls,
    /// AUTHENTICATE with this mechanism.
    Authenticate(Mechanism),
    /// LOGIN.
    Login,
    /// NAMESPACE.
    Namespace,
    /// EXAMINE.
    Examine,
    /// STATUS.
    Status,
    /// FETCH of sizes and headers.
    FetchHeads,
    /// LOGOUT.
    Logout,
}

/// The server offers no way to sign in with this kind of secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no mechanism in common")]
pub struct NoMechanism {
    /// The mechanisms that it does offer.
    pub offered: Vec<Vec<u8>>,
    /// Whether it refuses the LOGIN command (often only until TLS is up).
    pub login_disabled: bool,
}

impl Command {
    /// The one way to sign in that fits: for a password AUTHENTICATE PLAIN, else AUTHENTICATE LOGIN, else the LOGIN
    /// command; for a token XOAUTH2, else OAUTHBEARER.
    ///
    /// # Errors
    /// When the server offers none of them.
    pub fn sign_in(credentials: Credentials, capabilities: &Capabilities) -> Result<Self, NoMechanism> {
        let login_disabled = capabilities.login_disabled();
        match Mechanism::choose(credentials.kind(), capabilities.auth_mechanisms()) {
            Some(mechanism) => {
                let initial_response = capabilities.initial_response();
                Ok(Self::Authenticate { mechanism, credentials, initial_response })
            }
            None if credentials.kind() == Kind::Password && !login_disabled => Ok(Self::Login(credentials)),
            None => {
                let offered = capabilities.auth_mechanisms().map(<[u8]>::to_vec).collect();
                Err(NoMechanism { offered, login_disabled })
            }
        }
    }

    /// The command without its arguments.
    #[must_use]
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Capability => CommandKind::Capability,
            Self::Id => CommandKind::Id,
            Self::StartTls => CommandKind::StartTls,
            Self::Authenticate { mechanism, .. } => CommandKind::Authenticate(*mechanism),
            Self::Login(_) => CommandKind::Login,
            Self::Namespace => CommandKind::Namespace,
            Self::Examine => CommandKind::Examine,
            Self::Status { .. } => CommandKind::Status,
            Self::FetchHeads { .. } => CommandKind::FetchHeads,
            Self::Logout => CommandKind::Logout,
        }
    }

    /// The command as it is written behind the tag; of a sign-in, as much as may be shown.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Capability => "CAPABILITY".into(),
            Self::Id => {
                concat!("ID (\"name\" \"mailtriage\" \"version\" \"", env!("CARGO_PKG_VERSION"), "\")").into()
            }
            Self::StartTls => "STARTTLS".into(),
            Self::Authenticate { mechanism, .. } => format!("AUTHENTICATE {mechanism}"),
            Self::Login(_) => "LOGIN".into(),
            Self::Namespace => "NAMESPACE".into(),
            Self::Examine => "EXAMINE INBOX".into(),
            Self::Status { size } => {
                let size = if *size { " SIZE" } else { "" };
                format!("STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN{size})")
            }
            Self::FetchHeads { first, last } => {
                format!("FETCH {first}:{last} (RFC822.SIZE BODY.PEEK[HEADER]<0.{}>)", limits::HEAD)
            }
            Self::Logout => "LOGOUT".into(),
        }
    }
}

impl CommandKind {
    /// Whether the command carries a secret.
    #[must_use]
    pub fn is_sign_in(self) -> bool {
        matches!(self, Self::Authenticate(_) | Self::Login)
    }

    /// Whether no other command may be on its way.
    pub(super) fn is_alone(self) -> bool {
        self.is_sign_in() || self == Self::StartTls
    }
}

#[cfg(test)]
mod tests {
    use super::{Capabilities, Command, CommandKind, Mechanism, NoMechanism};
    use crate::sasl::Credentials;

    fn password() -> Credentials {
        Credentials::password("tim", "tanstaaf".into()).expect("sendable")
    }

    fn token() -> Credentials {
        Credentials::token("tim", "ya29.x".into()).expect("sendable")
    }

    #[test]
    fn one_mechanism_is_chosen_for_a_secret() {
        for (credentials, capabilities, kind) in [
            (password(), "AUTH=LOGIN AUTH=PLAIN", CommandKind::Authenticate(Mechanism::Plain)),
            (password(), "auth=plain LOGINDISABLED", CommandKind::Authenticate(Mechanism::Plain)),
            (password(), "AUTH=NTLM AUTH=LOGIN", CommandKind::Authenticate(Mechanism::Login)),
            (password(), "IMAP4rev1 AUTH=CRAM-MD5", CommandKind::Login),
            (password(), "IMAP4rev1", CommandKind::Login),
            (
                token(),
                "AUTH=PLAIN AUTH=OAUTHBEARER AUTH=XOAUTH2",
                CommandKind::Authenticate(Mechanism::XOAuth2),
            ),
            (token(), "AUTH=OAUTHBEARER", CommandKind::Authenticate(Mechanism::OAuthBearer)),
        ] {
            let command = Command::sign_in(credentials, &Capabilities::parse(capabilities.as_bytes()));
            assert_eq!(command.map(|command| command.kind()), Ok(kind), "{capabilities}");
        }
    }

    #[test]
    fn without_a_way_to_sign_in_the_offer_is_told() {
        let capabilities = Capabilities::parse(b"IMAP4rev1 AUTH=GSSAPI LOGINDISABLED");
        let none = NoMechanism { offered: vec![b"GSSAPI".to_vec()], login_disabled: true };
        assert_eq!(Command::sign_in(password(), &capabilities).expect_err("nothing fits"), none);
        let none = NoMechanism { offered: vec![], login_disabled: false };
        assert_eq!(Command::sign_in(token(), &Capabilities::default()).expect_err("nothing fits"), none);
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", Command::Login(password()));
        assert!(!shown.contains("tanstaaf"), "{shown}");
    }
}
