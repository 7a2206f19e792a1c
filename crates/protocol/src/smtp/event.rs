//! What an SMTP server has said, one event each.

use super::{Capabilities, CommandKind, Reply};
use crate::{Outgoing, Unrecognised, sasl::Challenge};

/// What has happened. Text is the server's, in any charset.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The server's first words: 220, or a refusal.
    Greeting(Reply),
    /// What the server can do; comes before the [`Event::Completed`] of EHLO or HELO.
    Capabilities(Capabilities),
    /// A command of ours was answered.
    Completed(Completed),
    /// A reply that nothing was asked for, such as 421 before the server hangs up.
    Unsolicited(Reply),
    /// Something out of the ordinary in the middle of a sign-in.
    Challenge(Challenge),
    /// To be written now: the next part of a sign-in.
    Write(Outgoing),
    /// Bytes that fit no grammar.
    Unrecognised(Unrecognised),
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The command.
    pub command: CommandKind,
    /// The answer.
    pub reply: Reply,
}
