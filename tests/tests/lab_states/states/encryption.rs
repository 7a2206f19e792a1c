//! 004 and 008: no TLS, or no secure connection.

use super::{State, imap, smtp};

pub(super) const STATES: &[State] = &[
    // 004: no TLS
    imap("no STARTTLS on port 143", "no-tls.mail.test:143/starttls", "004", "tls-not-offered"),
    smtp("no STARTTLS on port 587", "no-tls.mail.test:587/starttls", "004", "tls-not-offered"),
    smtp("the certificate's file is lost", "broken-tls.mail.test:587/starttls", "004", "tls-not-configured"),
    smtp("no certificate is configured", "broken-tls.mail.test:465/tls", "004", "tls-not-configured"),
    imap("clear text on port 993", "plain-993.mail.test", "004", "plaintext-on-tls-port"),
    smtp("clear text on port 465", "plain-993.mail.test", "004", "plaintext-on-tls-port"),
    imap("TLS on port 993 only", "tls-elsewhere.mail.test:143/starttls", "004", "tls-on-another-port")
        .offering("993"),
    State {
        imap: "tls-for-imap-only.mail.test",
        ..smtp(
            "TLS for receiving only",
            "tls-for-imap-only.mail.test:587/starttls",
            "004",
            "tls-missing-on-one-service",
        )
    },
    // 008: no secure connection
    smtp("TLS 1.1 at most", "old-tls.mail.test:465/tls", "008", "tls-version-too-old"),
    smtp("TLS 1.1 at most, by STARTTLS", "old-tls.mail.test:587/starttls", "008", "tls-version-too-old"),
    smtp("TLS 1.1 at most and expired", "old-and-expired.mail.test:465/tls", "008", "tls-version-too-old")
        .beside("expired"),
    smtp(
        "TLS 1.1 at most and expired, by STARTTLS",
        "old-and-expired.mail.test:587/starttls",
        "008",
        "tls-version-too-old",
    )
    .beside("expired"),
    smtp("an old cipher only", "old-cipher.mail.test:465/tls", "008", "no-common-cipher"),
    imap("a client certificate is needed", "members-only.mail.test", "008", "client-certificate-required"),
    imap("the handshake is cut off", "aborting.mail.test", "008", "handshake-failed").likely(),
    imap("the signature is broken", "broken-signature.mail.test", "008", "certificate-unreadable"),
    imap("an antivirus program listens in", "inspected.mail.test", "008", "tls-interrupted-by-proxy"),
];
