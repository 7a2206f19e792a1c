//! The commands that an account check sends.

use super::Capabilities;
use crate::{
    limits,
    sasl::{Credentials, Mechanism},
};

/// A command. STARTTLS and AUTH are sent alone; the others may be on their way together where the server offers
/// PIPELINING (RFC 2920).
#[derive(Debug)]
pub enum Command {
    /// EHLO.
    Ehlo(ClientName),
    /// HELO, for a server that doesn't know EHLO: see [`Reply::calls_for_helo`](super::Reply::calls_for_helo).
    Helo(ClientName),
    /// STARTTLS. Once it is accepted, [`upgrade`](super::Dialogue::upgrade) must follow, and EHLO again.
    StartTls,
    /// AUTH. [`Command::sign_in`] chooses the mechanism.
    Auth {
        /// The mechanism.
        mechanism: Mechanism,
        /// Who signs in.
        credentials: Credentials,
    },
    /// MAIL FROM, to see whether the sender is allowed. RSET must follow: no message is ever sent.
    MailFrom(Sender),
    /// RSET.
    Rset,
    /// QUIT.
    Quit,
}

/// A command without its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// EHLO.
    Ehlo,
    /// HELO.
    Helo,
    /// STARTTLS.
    StartTls,
    /// AUTH with this mechanism.
    Auth(Mechanism),
    /// MAIL FROM.
    MailFrom,
    /// RSET.
    Rset,
    /// QUIT.
    Quit,
}

/// The name of this client: a host name or an address literal (`[192.0.2.1]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientName(String);

/// A sender's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(String);

/// Text that can't be sent as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ArgumentError {
    /// It is empty.
    #[error("the argument is empty")]
    Empty,
    /// It holds a space, an angle bracket, a control character or one that isn't ASCII.
    #[error("the argument holds a character that can't be sent")]
    ForbiddenCharacter,
    /// It doesn't fit on a command line ([`limits::SMTP_COMMAND_LINE`]).
    #[error("the argument is too long")]
    TooLong,
}

/// The server offers no mechanism for this kind of secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no mechanism in common")]
pub struct NoMechanism {
    /// The mechanisms that it does offer.
    pub offered: Vec<Vec<u8>>,
}

impl ClientName {
    /// Checks a name.
    ///
    /// # Errors
    /// When it can't be an argument.
    pub fn new(name: &str) -> Result<Self, ArgumentError> {
        check(name).map(Self)
    }
}

impl Sender {
    /// Checks an address. Its parts aren't looked at: that is the server's to judge.
    ///
    /// # Errors
    /// When it can't be an argument. An address that isn't ASCII needs SMTPUTF8 (RFC 6531), which isn't spoken here.
    pub fn new(address: &str) -> Result<Self, ArgumentError> {
        check(address).map(Self)
    }
}

fn check(argument: &str) -> Result<String, ArgumentError> {
    if argument.is_empty() {
        Err(ArgumentError::Empty)
    } else if argument.len() > limits::SMTP_COMMAND_LINE - "MAIL FROM:<>\r\n".len() {
        Err(ArgumentError::TooLong)
    } else if argument.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>')) {
        Ok(argument.to_owned())
    } else {
        Err(ArgumentError::ForbiddenCharacter)
    }
}

impl Command {
    /// The one way to sign in that fits: for a password PLAIN, else LOGIN; for a token XOAUTH2, else OAUTHBEARER.
    ///
    /// # Errors
    /// When the server offers none of them.
    pub fn sign_in(credentials: Credentials, capabilities: &Capabilities) -> Result<Self, NoMechanism> {
        let offered = capabilities.auth_mechanisms.iter().map(Vec::as_slice);
        match Mechanism::choose(credentials.kind(), offered) {
            Some(mechanism) => Ok(Self::Auth { mechanism, credentials }),
            None => Err(NoMechanism { offered: capabilities.auth_mechanisms.clone() }),
        }
    }

    /// The command without its arguments.
    #[must_use]
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Ehlo(_) => CommandKind::Ehlo,
            Self::Helo(_) => CommandKind::Helo,
            Self::StartTls => CommandKind::StartTls,
            Self::Auth { mechanism, .. } => CommandKind::Auth(*mechanism),
            Self::MailFrom(_) => CommandKind::MailFrom,
            Self::Rset => CommandKind::Rset,
            Self::Quit => CommandKind::Quit,
        }
    }

    /// The command as it is written; of a sign-in, as much as may be shown.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Ehlo(name) => format!("EHLO {}", name.0),
            Self::Helo(name) => format!("HELO {}", name.0),
            Self::StartTls => "STARTTLS".into(),
            Self::Auth { mechanism, .. } => format!("AUTH {mechanism}"),
            Self::MailFrom(sender) => format!("MAIL FROM:<{}>", sender.0),
            Self::Rset => "RSET".into(),
            Self::Quit => "QUIT".into(),
        }
    }
}

impl CommandKind {
    /// Whether the command carries a secret.
    #[must_use]
    pub fn is_sign_in(self) -> bool {
        matches!(self, Self::Auth(_))
    }

    /// Whether no other command may be on its way.
    pub(super) fn is_alone(self) -> bool {
        self.is_sign_in() || self == Self::StartTls
    }
}

#[cfg(test)]
mod tests {
    use super::{ArgumentError, Capabilities, ClientName, Command, CommandKind, Mechanism, Sender};
    use crate::sasl::Credentials;

    #[test]
    fn an_argument_can_not_end_its_command() {
        assert!(ClientName::new("[192.0.2.1]").is_ok());
        assert!(Sender::new("tim+x@example.com").is_ok());
        for (address, error) in [
            ("", ArgumentError::Empty),
            ("a@b\r\nDATA", ArgumentError::ForbiddenCharacter),
            ("a@b> SIZE=1", ArgumentError::ForbiddenCharacter),
            ("利用者@example.jp", ArgumentError::ForbiddenCharacter),
            (&"a".repeat(512), ArgumentError::TooLong),
        ] {
            assert_eq!(Sender::new(address), Err(error));
        }
    }

    #[test]
    fn one_mechanism_is_chosen_for_a_secret() {
        let capabilities = |offered: &[&str]| Capabilities {
            auth_mechanisms: offered.iter().map(|name| name.as_bytes().to_vec()).collect(),
            ..Capabilities::default()
        };
        let password = || Credentials::password("tim", "tanstaaf".into()).expect("sendable");
        for (offered, mechanism) in [
            (&["LOGIN", "plain"][..], Some(Mechanism::Plain)),
            (&["LOGIN"], Some(Mechanism::Login)),
            (&["NTLM"], None),
        ] {
            let kind =
                Command::sign_in(password(), &capabilities(offered)).ok().map(|command| command.kind());
            assert_eq!(kind, mechanism.map(CommandKind::Auth));
        }
        let none = Command::sign_in(password(), &capabilities(&["NTLM"])).expect_err("nothing fits");
        assert_eq!(none.offered, [b"NTLM"]);
    }
}
