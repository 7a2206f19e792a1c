//! Everything that the relay won't exceed, in one place. `probe::limits` has the limits of a run itself.

use std::time::Duration;

/// Longest message that a client may send, on the WebSocket or as a request's body, in bytes.
pub const MESSAGE_BYTES: usize = 64 * 1024;

/// Longest password or token that is read from standard input or the environment, in bytes.
pub const SECRET_BYTES: usize = 16 * 1024;

/// Messages of a run that may wait for a slow client before the run itself waits.
pub const QUEUE: usize = 64;

/// The buffers that every open WebSocket holds, in bytes. Messages are small, and most sockets are idle.
pub const SOCKET_BUFFER_BYTES: usize = 4 * 1024;

/// Bytes that may wait in a WebSocket's write buffer before the connection is given up.
pub const WRITE_BUFFER_BYTES: usize = 512 * 1024;

/// How long the app beside a ticket knows its agent: it's opened anew with each ticket.
pub const APP_SESSION: Duration = Duration::from_secs(3600);

/// How long a client may take to read one message before its connection is given up.
pub const WRITE: Duration = Duration::from_secs(20);

/// How long a WebSocket may stay open with no run on it.
pub const IDLE: Duration = Duration::from_secs(15 * 60);

/// How long a run goes on after its connection was lost, in seconds, where nothing else is configured.
pub const RESUME_SECONDS: u64 = 30;

/// Longest time that a run may be configured to go on without a connection, in seconds.
pub const RESUME_SECONDS_CEILING: u64 = 300;

/// Bytes of messages that are kept of a run for a client that comes back. A run with everything on it has half of that.
pub const RESUME_BYTES: usize = 64 * 1024;

/// Runs at a time that can be taken over by another connection. Further ones end with their own.
pub const RESUMABLE: usize = 4_000;

/// How long a TLS handshake with a client may take.
pub const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long a client may take to send the head of a request.
pub const REQUEST_HEAD: Duration = Duration::from_secs(10);

/// How long a client may take to send the body of a request.
pub const REQUEST_BODY: Duration = Duration::from_secs(10);

/// How much longer than a run may take the relay waits for runs after it was asked to stop.
pub const SHUTDOWN_MARGIN: Duration = Duration::from_secs(5);

/// Longest run, in seconds, where nothing else is configured.
pub const RUN_SECONDS: u64 = 60;

/// Longest run that may be configured or asked for, in seconds.
pub const RUN_SECONDS_CEILING: u64 = 600;

/// Runs at a time in the whole relay, where nothing else is configured.
pub const RUNS: usize = 2000;

/// Runs at a time for one client address (one /64 for IPv6), where nothing else is configured.
pub const RUNS_PER_CLIENT: usize = 8;

/// Runs in a minute for one client address (one /64 for IPv6), where nothing else is configured.
pub const RUNS_PER_CLIENT_PER_MINUTE: u32 = 30;

/// Runs in a minute against one target, a registrable domain or an address, where nothing else is configured.
pub const RUNS_PER_TARGET_PER_MINUTE: u32 = 120;

/// Refused sign-ins to one account within [`REFUSAL_WINDOW_SECONDS`], where nothing else is configured.
pub const REFUSALS_PER_ACCOUNT: u32 = 3;

/// How long a refused sign-in counts, in seconds, where nothing else is configured.
pub const REFUSAL_WINDOW_SECONDS: u64 = 600;

/// Longest such time that may be configured, in seconds: a shared store keeps counts a little longer than that.
pub const REFUSAL_WINDOW_CEILING: u64 = 24 * 3600;

/// Clients, targets or accounts that are remembered at a time. Where there are more, new ones are refused.
pub const REMEMBERED: usize = 100_000;

/// How long a page may take from asking for a ticket to using it.
pub const TICKET: Duration = Duration::from_secs(60);

/// The same where a ticket comes with a proof of work: old telephones take long.
pub const SOLVING: Duration = Duration::from_secs(5 * 60);

/// Most hashes that a proof of work may take. A telephone tries some ten thousand in a second.
pub const PROOF_OF_WORK_CEILING: u64 = 1_000_000;

/// Connections at a time. Further ones wait to be accepted.
pub const CONNECTIONS: usize = 16_384;

/// How long to wait after a connection could not be accepted.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Seconds after which a client that met a full relay should try again.
pub const RETRY_AFTER_SECONDS: u64 = 5;

/// One question to an issuer of tokens.
pub const ISSUER: Duration = Duration::from_secs(10);
/// Its longest answer, bytes. Tokens of Microsoft's have a few thousand.
pub const ISSUER_ANSWER_BYTES: usize = 128 * 1024;
/// How long a person may take to type a device code.
pub const DEVICE_CODE: Duration = Duration::from_secs(15 * 60);
/// How long a person may take at the issuer's page.
pub const SIGN_IN_PAGE: Duration = Duration::from_secs(15 * 60);
/// How long their answer waits for the page that asked.
pub const SIGN_IN_ANSWER: Duration = Duration::from_secs(2 * 60);
/// Sign-ins under way at a time.
pub const SIGN_INS: usize = 2_000;
/// Longest address that is passed on to an issuer's page, bytes.
pub const EMAIL_HINT: usize = 320;

/// Longest event of a case, in bytes of its JSON.
pub const EVENT_BYTES: usize = 64 * 1024;

/// Events that one case may have.
pub const CASE_EVENTS: usize = 4000;

/// Bytes that one case's events may have together.
pub const CASE_BYTES: usize = 8 * 1024 * 1024;

/// Cases that are kept at a time.
pub const CASES: usize = 50_000;

/// Events that may wait for a slow watcher of a case before it's told that it fell behind.
pub const WATCHER_QUEUE: usize = 256;

/// Events of a case that are read from the store at a time.
pub const PAGE_EVENTS: usize = 128;

/// What a store writes together, where more wait than one at a time.
pub const STORE_BATCH: usize = 512;

/// How long a store that other machines keep may take for one answer, before the request is tried again.
pub const STORE_ANSWER: Duration = Duration::from_secs(3);

/// How long a request to such a store is tried again, until it's refused.
pub const STORE_PATIENCE: Duration = Duration::from_secs(20);

/// How much longer than a run may take a shared store keeps an account's place for it.
pub const LEASE_MARGIN: Duration = Duration::from_secs(30);

/// How often a change of an account's shared count is tried while others change it too.
pub const LEDGER_TRIES: usize = 20;

/// How long the feed of a shared store may be silent before it's checked whether there was something to say.
pub const FEED_CHECK: Duration = Duration::from_secs(1);

/// What an event has around the message of a run, in bytes at most.
pub const EVENT_FRAME_BYTES: usize = 1024;

/// How long a code lets its customer in.
pub const CODE: Duration = Duration::from_secs(30 * 60);

/// Codes that one client may try in a minute.
pub const CODES_PER_CLIENT: u32 = 10;

/// Codes that all clients of a relay together may try in a minute.
pub const CODES_PER_MINUTE: u32 = 600;

/// Longest ticket number, in characters.
pub const TICKET_NUMBER: usize = 100;

/// Longest value of a field, in characters.
pub const VALUE: usize = 320;

/// Longest note, in characters.
pub const NOTE: usize = 4000;

/// How often cases that are over are looked for.
pub const EXPIRY_PAUSE: Duration = Duration::from_secs(15 * 60);

/// Cases that one answer lists.
pub const LISTED: usize = 200;

/// Longest message of somebody who watches a case, in bytes: the first one is the only one.
pub const WATCH_BYTES: usize = 1024;

/// How often it's checked that a watcher may still see the case.
pub const WATCH_CHECK: Duration = Duration::from_secs(20);

/// Tries of one client to sign in as an agent within a minute.
pub const AGENT_SIGN_INS: u32 = 10;

/// How soon that is checked after somebody left or the case was closed.
pub const WATCH_CHECK_SOON: Duration = Duration::from_millis(200);
