//! Servers out of the ordinary. The product connects to most of them, and so must a check.

use tests::lab::program::Program;

use super::{CHECK, State, imap};

/// A server with which nothing is wrong.
const fn healthy(name: &'static str, imap: &'static str, smtp: &'static str) -> State {
    State { name, imap, smtp, ..CHECK }
}

pub(super) const STATES: &[State] = &[
    healthy("TLS 1.3 only", "tls13-only.mail.test", "good.mail.test").showing("\"version\":\"TLS 1.3\""),
    healthy("hellos with the right name only", "sni-only.mail.test", "good.mail.test"),
    healthy("a key on the curve P-521", "p521.mail.test", "p521.mail.test:587/starttls"),
    healthy("a chain of nearly 64 KiB", "long-chain.mail.test", "long-chain.mail.test:587/starttls"),
    imap("a chain that no handshake message holds", "endless-chain.mail.test", "008", "handshake-failed")
        .likely(),
    healthy("IPv6 only", "ipv6-only.mail.test:{v6}/tls", "good.mail.test")
        .with(&["--allow-net", "::1/128", "--allow-port", "{v6}"])
        .showing("\"address\":\"::1\""),
    healthy("one of two addresses is dead", "half-closed.mail.test", "half-closed.mail.test")
        .showing("\"outcome\":\"refused\""),
    healthy("one of two addresses never answers", "half-filtered.mail.test", "half-filtered.mail.test")
        .showing("\"outcome\":\"abandoned\""),
    healthy("three aliases lead to the server", "alias.mail.test", "alias.mail.test:587/starttls")
        .showing("\"aliases\":[\"second.alias.mail.test\",\"third.alias.mail.test\",\"aliased.mail.test\"]")
        .shown_by(Program::Dovecot),
    healthy("the greeting takes six seconds", "good.mail.test", "unhurried.mail.test:587/starttls"),
    healthy("the server leaves without TLS's goodbye", "abrupt.mail.test", "good.mail.test"),
    imap("the server leaves in the sign-in", "dying-in-sign-in.mail.test", "002", "connection-dropped")
        .likely(),
    imap("the sign-in is never answered", "stuck-in-sign-in.mail.test", "003", "unexplained").possible(),
];
