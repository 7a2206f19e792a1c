//! Every limit of this crate, in bytes where nothing else is said. A server that goes past one ends the dialogue with
//! [`Why::TooLong`](crate::Why::TooLong).

/// The longest line, its end included.
pub const LINE: usize = 8 * 1024;

/// The longest IMAP literal (RFC 9051, 4.3).
pub const LITERAL: usize = 64 * 1024;

/// The most that a server may say in one go: an SMTP reply with all its lines, or everything that an IMAP server
/// sends between two of our commands.
pub const REPLY: usize = 64 * 1024;

/// The most that may wait unread. The caller is expected to `poll` until `None` between two reads.
pub const UNREAD: usize = 2 * REPLY;

/// How much of bytes that fit no grammar is kept.
pub const KEPT: usize = 512;

/// How much of one line or reply goes into the transcript.
pub const TRANSCRIPT_LINE: usize = 2 * 1024;

/// How much of a message's head is asked for at most, to see how fast a server hands mail over. The heads of a few messages
/// must fit into [`REPLY`].
pub const HEAD: usize = 2 * 1024;

/// The longest SMTP command line, its end included (RFC 5321, 4.5.3.1.4). A longer SASL initial response is sent
/// after the server has asked for it (RFC 4954, 4).
pub const SMTP_COMMAND_LINE: usize = 512;

/// The most challenges of one sign-in. Two messages and an error need three; a server that goes on asking is only
/// keeping us busy.
pub const CHALLENGES: usize = 8;

/// The longest user name, password, token, host name or address that is sent.
pub const FIELD: usize = 16 * 1024;
