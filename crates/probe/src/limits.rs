//! Every limit of a run, in one place.

use std::time::Duration;

/// The whole run, where the caller sets no other.
pub const RUN: Duration = Duration::from_secs(60);
/// One DNS question, retries included.
pub const DNS_QUESTION: Duration = Duration::from_secs(6);
/// One try of a DNS question over UDP.
pub const DNS_TRY: Duration = Duration::from_millis(2_500);
/// One TCP attempt.
pub const CONNECT: Duration = Duration::from_secs(8);
/// Between the starts of two TCP attempts (RFC 8305 §5 recommends 250 ms).
pub const CONNECT_STAGGER: Duration = Duration::from_millis(250);
/// Addresses dialled of one name.
pub const ADDRESSES: usize = 8;
/// Waiting for a greeting: longer than the product waits, so that a slow server is told from a silent one.
pub const GREETING: Duration = Duration::from_secs(20);
/// A handshake.
pub const TLS: Duration = Duration::from_secs(10);
/// The answer to a hand-made hello, certificates included.
pub const HELLO_ANSWER: Duration = Duration::from_secs(4);
/// Handshake bytes read of such an answer.
pub const HELLO_ANSWER_BYTES: usize = 128 * 1024;
/// How long a TLS 1.3 server that asked for a client certificate is given to refuse the missing one: the refusal
/// comes after the handshake seems done (RFC 8446 §4.4.2.4).
pub const TLS_LATE_REFUSAL: Duration = Duration::from_millis(1_500);
/// The answer to one command.
pub const COMMAND: Duration = Duration::from_secs(15);
/// The answer to a sign-in: servers delay refusals on purpose.
pub const SIGN_IN: Duration = Duration::from_secs(25);
/// Reading mail to see how fast the server hands it over.
pub const READING: Duration = Duration::from_secs(5);
/// Between two words on how far that has come.
pub const READING_TOLD: Duration = Duration::from_millis(400);
/// Messages that are read for it.
pub const READING_MESSAGES: u32 = 300;
/// Messages asked for with one command. Two commands are on their way at any time, and what both bring must be less than
/// [`protocol::limits::REPLY`].
pub const READING_AT_ONCE: u32 = 10;
/// A lane that hasn't come past the server's first words after this time has its other ports tried meanwhile. With what
/// one of them may take that's still less than a connection may take.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// Everything that a follow-up does with one port.
pub const ALTERNATIVE: Duration = Duration::from_secs(5);
/// A greeting on another port.
pub const ALTERNATIVE_GREETING: Duration = Duration::from_secs(3);
/// Fetching an authority's list of revoked certificates, while the dialogue goes on: a sign-in waits no longer for it.
pub const REVOCATION: Duration = Duration::from_secs(2);
/// The longest such list, bytes. The lists of large authorities are cut in pieces; longer ones aren't read.
pub const REVOCATION_LIST: usize = 2 * 1024 * 1024;
/// Lists that one certificate may name.
pub const REVOCATION_LISTS: usize = 2;
/// Certificates looked at in one chain.
pub const CHAIN: usize = 10;
/// Names taken over from one certificate.
pub const NAMES: usize = 100;
/// Names of a certificate that are resolved to offer one of them.
pub const NAMES_RESOLVED: usize = 6;
/// Near names that are resolved.
pub const NEAR_NAMES: usize = 8;
/// Near names, and names of the mail domain, with which a connection is tried.
pub const NEAR_NAMES_TRIED: usize = 3;
/// First bytes of a connection that are kept to tell what speaks.
pub const FIRST_BYTES: usize = 512;
/// Bytes taken from a connection at once. Every run in flight has this room on each connection while it waits.
pub const READ: usize = 1024;
/// Lines of the conversation kept of one lane. A long run has a tenth of it; a server that sends the shortest lines it
/// can would fill memory with them.
pub const TRANSCRIPT: usize = 500;
/// Messages that may wait for a slow reader.
pub const QUEUE: usize = 256;
/// Longest access token that is read, bytes; Microsoft's have two to four thousand.
pub const TOKEN: usize = 16 * 1024;
/// Longest claim taken over from one, bytes.
pub const TOKEN_CLAIM: usize = 320;
/// Scopes taken over from one.
pub const TOKEN_SCOPES: usize = 40;
/// Longest text field of a request, bytes.
pub const FIELD: usize = 1024;
