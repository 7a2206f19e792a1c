//! What the other programs show: each healthy, and then its own words for a fault.

use super::{CHECK, State, WRONG, imap, smtp};

pub(super) const STATES: &[State] = &[
    State {
        name: "Cyrus for receiving, Exim for sending",
        imap: "cyrus.mail.test",
        smtp: "exim.mail.test",
        ..CHECK
    }
    // Exim greets in several lines.
    .showing("\"text\":\"lab.mail.test ESMTP Exim\\\\nThis server takes no bulk mail.\\\\nHave a nice day\""),
    State {
        name: "Courier for receiving, Exim for sending, by STARTTLS",
        imap: "courier.mail.test:143/starttls",
        smtp: "exim.mail.test:587/starttls",
        ..CHECK
    },
    State { name: "nginx before both", imap: "nginx.mail.test", smtp: "nginx.mail.test", ..CHECK },
    State {
        name: "nginx before both, by STARTTLS",
        imap: "nginx.mail.test:143/starttls",
        smtp: "nginx.mail.test:587/starttls",
        ..CHECK
    },
    State { name: "Cyrus's STARTTLS", imap: "cyrus.mail.test:143/starttls", smtp: "good.mail.test", ..CHECK },
    State { name: "Courier's TLS", imap: "courier.mail.test", smtp: "good.mail.test", ..CHECK },
    State { name: "HAProxy before Dovecot", imap: "haproxy.mail.test", smtp: "good.mail.test", ..CHECK },
    // Exim
    smtp("Exim: a wrong password", "exim.mail.test", "009", "wrong-credentials").signing_in(WRONG).likely(),
    smtp("Exim: its access list denies us", "exim-denies.mail.test:587/starttls", "002", "refused-by-policy")
        .likely(),
    smtp(
        "Exim: its access list puts us off",
        "exim-defers.mail.test:587/starttls",
        "002",
        "server-unavailable",
    ),
    smtp("Exim: one connection too many", "exim-crowded.mail.test:587/starttls", "002", "server-unavailable"),
    smtp(
        "Exim: the certificate's file is lost",
        "exim-no-certificate.mail.test:587/starttls",
        "004",
        "tls-not-configured",
    ),
    smtp("Exim: the list of accounts is lost", "exim-no-accounts.mail.test", "009", "temporary-refusal"),
    // Cyrus
    imap("Cyrus: a wrong password", "cyrus.mail.test", "009", "wrong-credentials").signing_in(WRONG).likely(),
    imap("Cyrus: no certificate", "cyrus-no-certificate.mail.test:143/starttls", "004", "tls-not-offered"),
    imap("Cyrus: the account may not use IMAP", "cyrus.mail.test", "009", "access-disabled")
        .from("denied@mail.test")
        .likely(),
    imap("Cyrus: the account has no mailbox", "cyrus.mail.test", "auth", "mailbox-not-licensed")
        .from("no-mailbox@mail.test"),
    imap(
        "Cyrus: shut for maintenance",
        "cyrus-shut.mail.test:143/starttls",
        "first-sync",
        "mailbox-unavailable",
    )
    .showing("Maintenance until noon"),
    imap("Cyrus: no sign-in without TLS", "cyrus.mail.test:143/plain", "009", "sign-in-needs-tls"),
    // Courier
    imap("Courier: a wrong password", "courier.mail.test", "009", "wrong-credentials")
        .signing_in(WRONG)
        .likely(),
    imap("Courier: IMAP is off for the account", "courier.mail.test", "009", "access-disabled")
        .from("no-imap@mail.test"),
    imap(
        "Courier: the certificate's file is lost",
        "courier-no-certificate.mail.test",
        "008",
        "handshake-failed",
    ),
    imap("Courier: nobody knows the accounts", "courier-no-accounts.mail.test", "009", "temporary-refusal"),
    // nginx
    imap("nginx: a wrong password", "nginx.mail.test", "009", "wrong-credentials").signing_in(WRONG).likely(),
    smtp("nginx: a wrong password for sending", "nginx.mail.test", "009", "wrong-credentials")
        .signing_in(WRONG)
        .likely(),
    imap("nginx: nobody knows the accounts", "nginx-no-accounts.mail.test", "009", "temporary-refusal"),
    smtp(
        "nginx: nobody knows the accounts, for sending",
        "nginx-no-accounts.mail.test",
        "009",
        "temporary-refusal",
    ),
    imap("nginx: no STARTTLS was asked for", "nginx.mail.test:143/plain", "009", "sign-in-needs-tls"),
    // HAProxy
    imap("HAProxy: the server behind it is down", "haproxy-alone.mail.test", "002", "connection-dropped")
        .likely(),
    imap(
        "a client certificate is needed, in TLS 1.2",
        "members-only-tls12.mail.test",
        "008",
        "client-certificate-required",
    ),
    imap("HAProxy: TLS 1.0 only", "tls10-only.mail.test", "008", "tls-version-too-old"),
    imap("HAProxy: another name only", "other-sni-only.mail.test", "006", "server-name-rejected").likely(),
    imap("HAProxy: key exchange by DHE only", "dhe-only.mail.test", "008", "no-common-cipher"),
];
