//! Sans-I/O IMAP, SMTP and SASL dialogues: bytes in, events and bytes out.
//!
//! The caller owns the socket, the TLS session and the clock. It feeds what it reads to `receive`, takes what has
//! become complete from `poll`, and writes what `send` (and an `Event::Write`) hands out:
//!
//! ```
//! use protocol::imap::{Command, Dialogue, Event};
//!
//! let mut dialogue = Dialogue::new("k7x");
//! dialogue.receive(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
//! assert!(matches!(dialogue.poll(), Some(Event::Greeting(_))));
//! let bytes = dialogue.send(Command::StartTls)?;
//! assert_eq!(bytes.as_bytes(), b"k7x1 STARTTLS\r\n");
//! # Ok::<(), protocol::SendError>(())
//! ```
//!
//! What holds everywhere in this crate:
//!
//! - It never opens a socket, looks at a clock or an environment variable, and holds no sentence for people.
//! - Text from a server stays bytes: it may be in any charset, and it may be hostile.
//! - Every buffer has a limit ([`limits`]), checked before memory is taken.
//! - A server can't make it panic: whatever fits no grammar becomes an `Unrecognised` event.
//! - A secret leaves only inside [`Outgoing`], which is wiped when dropped. No secret reaches a [`TranscriptLine`]
//!   or an event: bytes of a sign-in are never recorded, and a server that echoes one is masked.
//! - After STARTTLS was accepted nothing is read before `upgrade`, which fails when bytes are already waiting.

mod buffer;
pub mod identify;
pub mod imap;
pub mod limits;
mod outcome;
mod outgoing;
pub mod sasl;
mod scrub;
pub mod smtp;
mod state;
mod transcript;

pub use identify::{ForeignProtocol, identify};
pub use outcome::{InjectedBytes, SendError, Unrecognised, Why};
pub use outgoing::Outgoing;
pub use transcript::{Direction, Omitted, TranscriptLine};
