//! 001 to 003: not found, no connection, unknown.

use tests::lab::program::Program;

use super::{CHECK, State, imap, smtp};

pub(super) const STATES: &[State] = &[
    // 001: not found, or not reachable
    imap("no such host", "nothing-like-it.hosting.test", "001", "host-name-unknown")
        .from("user@text-only.test"),
    imap("one letter is missing", "imp.mail.test", "001", "host-name-misspelled")
        .offering_tried("imap.mail.test"),
    imap("a web address was pasted", "https://good.mail.test/", "001", "host-name-invalid")
        .offering_tried("good.mail.test")
        .shown_by(Program::Nobody),
    imap("the name has no address", "no-address.mail.test", "001", "host-without-address"),
    imap("the mail domain was typed", "mail.test", "001", "host-without-address")
        .offering_tried("good.mail.test"),
    smtp("the mail domain was typed for sending", "mail.test", "001", "host-without-address")
        .offering_tried("good.mail.test"),
    imap("the mail domain is gone", "imap.dead.test", "001", "mail-domain-dead").from("user@dead.test"),
    imap("another server of the domain", "nothing-like-it.mail.test", "001", "host-name-unknown")
        .offering_tried("good.mail.test"),
    imap("DNSSEC doesn't add up", "mail.bogus.example", "001", "dns-failure").showing("\"extended_error\":6"),
    imap("the name server fails", "mail.outside.example", "001", "dns-failure"),
    smtp("the name server refuses", "mail.refused.example", "001", "dns-failure"),
    imap("the name server is silent", "mail.mute.example", "001", "dns-failure"),
    imap("no route to the address", "no-route.mail.test", "001", "no-route")
        .with(&["--allow-net", "224.0.0.0/4"])
        .shown_by(Program::Linux),
    State { inside: false, ..imap("a company's own server", "good.mail.test", "001", "private-address") },
    // 002: found, but no connection
    imap("port 993 is closed", "closed.mail.test", "002", "port-closed").offering("143"),
    smtp("port 465 is closed", "closed.mail.test", "002", "port-closed").offering("587"),
    imap("SMTP on port 143", "smtp-everywhere.mail.test:143/starttls", "002", "wrong-service-on-port"),
    imap("SMTP on port 993", "smtp-everywhere.mail.test:993/tls", "002", "wrong-service-on-port"),
    imap("POP3 on port 143", "pop3.mail.test:143/starttls", "002", "wrong-service-on-port"),
    smtp("SSH on port 587", "ssh.mail.test:587/starttls", "002", "wrong-service-on-port"),
    imap(
        "port 143 speaks TLS at once",
        "tls-at-once.mail.test:143/starttls",
        "002",
        "security-mode-mismatch",
    )
    .offering("tls"),
    smtp(
        "port 587 speaks TLS at once",
        "tls-at-once.mail.test:587/starttls",
        "002",
        "security-mode-mismatch",
    )
    .offering("tls"),
    imap("a firewall drops port 993", "filtered.mail.test", "002", "port-filtered").offering("143"),
    smtp("a firewall drops port 465", "filtered.mail.test", "002", "port-filtered").offering("587"),
    smtp("the network blocks port 25", "no-port-25.mail.test:25/starttls", "002", "outbound-25-blocked")
        .offering("587"),
    smtp("the server blocks the client", "blocking.mail.test:587/starttls", "002", "refused-by-policy"),
    imap("the server blocks other countries", "blocking.mail.test:143/starttls", "002", "refused-by-policy"),
    imap("the server closes at once", "closing.mail.test:143/starttls", "002", "refused-by-policy").likely(),
    imap("the server says nothing", "silent.mail.test:143/starttls", "002", "server-silent"),
    smtp("the sending server says nothing", "silent.mail.test:587/starttls", "002", "server-silent"),
    imap("the server says nothing inside TLS", "silent-inside.mail.test", "002", "server-silent")
        .offering_tried("143"),
    imap("the greeting inside TLS takes nine seconds", "late.mail.test", "002", "server-slow")
        .likely()
        .offering_tried("143"),
    smtp("the greeting takes eight seconds", "slow.mail.test:587/starttls", "002", "server-slow").likely(),
    smtp("the server is overloaded", "busy.mail.test:587/starttls", "002", "server-unavailable"),
    imap("the server shuts down", "busy.mail.test:143/starttls", "002", "server-unavailable"),
    imap("the server hangs up", "dropping.mail.test:143/starttls", "002", "connection-dropped"),
    imap("no port answers", "down.mail.test", "002", "host-down"),
    // 003: unknown
    imap("a reply like nothing else", "puzzling.mail.test:143/starttls", "003", "unrecognised-reply"),
    State { name: "it works from here", imap: "good.mail.test", smtp: "good.mail.test", ..WORKS_FROM_HERE },
];

const WORKS_FROM_HERE: State =
    State { code: "003", cause: "works-from-here", more: &["--reported", "006"], ..CHECK };
