//! What an IMAP server has said, one event each.

use super::{Capabilities, CommandKind, IdField, Namespaces, ResponseCode, StatusData};
use crate::{Outgoing, Unrecognised, sasl::Challenge};

/// What has happened. Text is the server's, in any charset.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The server's first words. Capabilities in its code follow as an event of their own.
    Greeting(Greeting),
    /// The capabilities, from an untagged response or a response code. An event of its own comes before the
    /// [`Event::Completed`] whose code it was.
    Capabilities(Capabilities),
    /// A command of ours was answered.
    Completed(Completed),
    /// The server is about to hang up.
    Bye {
        /// The response code, where there is one.
        code: Option<ResponseCode>,
        /// The text behind it.
        text: Vec<u8>,
    },
    /// An untagged response with the code ALERT: a text that a person must see (RFC 9051, 7.1).
    Alert(Vec<u8>),
    /// Another untagged OK, NO or BAD.
    Notice {
        /// Which of the three.
        status: Status,
        /// The response code, where there is one.
        code: Option<ResponseCode>,
        /// The text behind it.
        text: Vec<u8>,
    },
    /// What the server says it is (RFC 2971): `None` for NIL.
    Id(Option<Vec<IdField>>),
    /// Where mailboxes are (RFC 2342).
    Namespace(Namespaces),
    /// How many messages the opened mailbox has.
    Exists(u32),
    /// Numbers of a mailbox (RFC 9051, 7.3.4).
    Status(StatusData),
    /// One message of [`Command::FetchHeads`](super::Command::FetchHeads) has arrived.
    Fetched(Fetched),
    /// Something out of the ordinary in the middle of a sign-in.
    Challenge(Challenge),
    /// To be written now: the next part of a sign-in.
    Write(Outgoing),
    /// Bytes that fit no grammar, or the place in the dialogue.
    Unrecognised(Unrecognised),
}

/// What is kept of a message that was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes of the whole message (RFC822.SIZE), where the server says so.
    pub size: Option<u64>,
    /// The bytes of the response, all of them: what has come over the wire.
    pub octets: usize,
}

/// The server's first words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// What they mean for the state of the connection.
    pub kind: GreetingKind,
    /// The response code, where there is one.
    pub code: Option<ResponseCode>,
    /// The text behind it.
    pub text: Vec<u8>,
}

/// The three kinds of greeting (RFC 9051, 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GreetingKind {
    /// Sign in, please.
    Ok,
    /// Signed in already, by other means: STARTTLS is no longer possible.
    Preauth,
    /// The server refuses the connection.
    Bye,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The command.
    pub command: CommandKind,
    /// How it went.
    pub status: Status,
    /// The response code, where there is one.
    pub code: Option<ResponseCode>,
    /// The text behind it; may be empty.
    pub text: Vec<u8>,
}

/// How a command went (RFC 9051, 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Done.
    Ok,
    /// Refused or failed.
    No,
    /// Not understood, or not allowed here.
    Bad,
}
