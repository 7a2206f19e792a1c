//! What both dialogues share: bytes that fit no grammar, commands that can't be sent now, injected bytes.

use crate::{ForeignProtocol, limits};

/// Bytes from the server that fit no grammar of this protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// The first bytes, at most [`limits::KEPT`].
    pub bytes: Vec<u8>,
    /// What is wrong with them.
    pub why: Why,
    /// Another protocol that speaks like this.
    pub looks_like: Option<ForeignProtocol>,
}

impl Unrecognised {
    pub(crate) fn new(bytes: &[u8], why: Why, looks_like: Option<ForeignProtocol>) -> Self {
        Self { bytes: head(bytes), why, looks_like }
    }
}

/// Why bytes were not recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// They fit no grammar. After such a greeting the dialogue is over; a single such line later on is not the end.
    NoGrammar,
    /// A limit was passed: the dialogue is over.
    TooLong,
    /// The connection ended, or the caller stopped waiting, in the middle of a line or reply.
    Incomplete,
    /// The server asked for more although nothing was pending.
    UnexpectedContinuation,
    /// A tagged reply to a command that we didn't send (or that was answered before).
    UnexpectedTag,
}

/// A command that can't be sent in this state. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SendError {
    /// The dialogue ended: a limit was passed, the greeting fits no grammar, or the server said goodbye.
    #[error("the dialogue is over")]
    Over,
    /// The server speaks first, and hasn't yet.
    #[error("the server has not greeted yet")]
    NotGreeted,
    /// The command must be the only one on its way, or another one that must is still on its way.
    #[error("another command has not been answered yet")]
    Busy,
    /// STARTTLS was accepted: nothing may be sent until `upgrade`.
    #[error("STARTTLS was accepted and the connection has not been upgraded yet")]
    AwaitingUpgrade,
}

/// Bytes were waiting when the connection was to be upgraded: someone on the path may have put them there to have
/// them taken for the server's words inside TLS (CVE-2011-0411 and its kind). No upgrade may follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} bytes or more arrived between the answer to STARTTLS and TLS", .bytes.len())]
pub struct InjectedBytes {
    /// The first bytes, at most [`limits::KEPT`].
    pub bytes: Vec<u8>,
}

impl InjectedBytes {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self { bytes: head(bytes) }
    }
}

fn head(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len().min(limits::KEPT)].to_vec()
}
