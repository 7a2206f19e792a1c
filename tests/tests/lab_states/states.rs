//! The states of the lab and the diagnosis that each must get. Reads as a specification: what the person typed, then
//! what they are told. The hosts are those of `tests::lab::hosts`, below `mail.test`.

use tests::lab::PASSWORD;

/// One check and its diagnosis.
pub struct State {
    /// What is the matter, as a sentence.
    pub name: &'static str,
    /// `--imap`; empty leaves the lane out. `{good}` is the address of that host.
    pub imap: &'static str,
    /// `--smtp`; empty leaves the lane out.
    pub smtp: &'static str,
    /// The e-mail address, which is the user name too.
    pub email: &'static str,
    /// How to sign in.
    pub sign_in: SignIn,
    /// Further options.
    pub more: &'static [&'static str],
    /// The check may dial loopback addresses; only the lab's own security test takes this away.
    pub inside: bool,
    /// The code of the headline.
    pub code: &'static str,
    /// Its cause; empty with `ok`.
    pub cause: &'static str,
    /// The lane of the headline.
    pub lane: &'static str,
    /// How sure the diagnosis must be; empty where the catalogue doesn't settle it.
    pub confidence: &'static str,
    /// A value that must be among the suggestions; empty asks for none.
    pub offers: &'static str,
}

/// What the check is given to sign in with.
pub enum SignIn {
    /// Nothing: the check stops before.
    No,
    /// A password.
    Password(&'static str),
    /// An access token.
    Token(&'static str),
}

/// A password that no account has.
const WRONG: SignIn = SignIn::Password("Falscher-Igel-9");

/// What most states share.
const CHECK: State = State {
    name: "",
    imap: "",
    smtp: "",
    email: "user@mail.test",
    sign_in: SignIn::Password(PASSWORD),
    more: &[],
    inside: true,
    code: "ok",
    cause: "",
    lane: "imap",
    confidence: "",
    offers: "",
};

/// A fault of the IMAP server whose evidence admits one cause.
const fn imap(name: &'static str, imap: &'static str, code: &'static str, cause: &'static str) -> State {
    State { name, imap, code, cause, lane: "imap", confidence: "proven", ..CHECK }
}

/// A fault of the SMTP server whose evidence admits one cause.
const fn smtp(name: &'static str, smtp: &'static str, code: &'static str, cause: &'static str) -> State {
    State { name, smtp, code, cause, lane: "smtp", confidence: "proven", ..CHECK }
}

impl State {
    const fn offering(self, offers: &'static str) -> Self {
        Self { offers, ..self }
    }

    /// The evidence speaks for the cause, but allows another.
    const fn likely(self) -> Self {
        Self { confidence: "likely", ..self }
    }

    /// The catalogue doesn't settle how sure one can be.
    const fn unsettled(self) -> Self {
        Self { confidence: "", ..self }
    }

    const fn with(self, more: &'static [&'static str]) -> Self {
        Self { more, ..self }
    }

    const fn from(self, email: &'static str) -> Self {
        Self { email, ..self }
    }

    const fn signing_in(self, sign_in: SignIn) -> Self {
        Self { sign_in, ..self }
    }
}

/// Every state, by code.
pub const STATES: &[State] = &[
    // ok
    State { name: "a healthy account", imap: "good.mail.test", smtp: "good.mail.test", ..CHECK },
    State {
        name: "a healthy account by STARTTLS",
        imap: "good.mail.test:143/starttls",
        smtp: "good.mail.test:587/starttls",
        ..CHECK
    },
    State {
        name: "a healthy server without a password",
        imap: "good.mail.test",
        smtp: "good.mail.test",
        ..CHECK
    }
    .signing_in(SignIn::No),
    State { name: "an address alone, whose domain names its servers", ..CHECK },
    // 001: not found, or not reachable
    imap("no such host", "nothing-like-it.mail.test", "001", "host-name-unknown"),
    imap("one letter is missing", "imp.mail.test", "001", "host-name-misspelled").offering("imap.mail.test"),
    imap("a web address was pasted", "https://good.mail.test/", "001", "host-name-invalid")
        .offering("good.mail.test"),
    imap("the name has no address", "no-address.mail.test", "001", "host-without-address"),
    imap("the mail domain was typed", "mail.test", "001", "host-without-address"),
    imap("the mail domain is gone", "imap.dead.test", "001", "mail-domain-dead").from("user@dead.test"),
    imap("the name server fails", "mail.outside.example", "001", "dns-failure"),
    smtp("the name server refuses", "mail.refused.example", "001", "dns-failure"),
    imap("the name server is silent", "mail.mute.example", "001", "dns-failure"),
    imap("no route to the address", "no-route.mail.test", "001", "no-route")
        .with(&["--allow-net", "224.0.0.0/4"]),
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
    smtp("the greeting takes nine seconds", "slow.mail.test:587/starttls", "002", "server-slow").likely(),
    smtp("the server is overloaded", "busy.mail.test:587/starttls", "002", "server-unavailable"),
    imap("the server shuts down", "busy.mail.test:143/starttls", "002", "server-unavailable"),
    imap("the server hangs up", "dropping.mail.test:143/starttls", "002", "connection-dropped"),
    imap("no port answers", "down.mail.test", "002", "host-down"),
    // 003: unknown
    imap("a reply like nothing else", "puzzling.mail.test:143/starttls", "003", "unrecognised-reply"),
    State { name: "it works from here", imap: "good.mail.test", smtp: "good.mail.test", ..WORKS_FROM_HERE },
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
    // 005: a certificate that isn't secure
    imap("self-signed", "self-signed.mail.test", "005", "self-signed"),
    smtp("self-signed, by STARTTLS", "self-signed.mail.test:587/starttls", "005", "self-signed"),
    imap("the installer's certificate", "default.mail.test:143/starttls", "005", "default-certificate"),
    imap("expired", "expired.mail.test", "005", "expired"),
    smtp("expired, by STARTTLS", "expired.mail.test:587/starttls", "005", "expired"),
    imap("not valid yet", "not-yet-valid.mail.test", "005", "not-yet-valid"),
    imap("the intermediate isn't sent", "incomplete.mail.test", "005", "chain-incomplete")
        .with(&["--allow-port", "80"]),
    imap("a key of 1024 bits", "weak-key.mail.test", "005", "weak-key-or-signature"),
    imap("signed with SHA-1", "weak-signature.mail.test:143/starttls", "005", "weak-key-or-signature"),
    // 006: another name
    imap("another name of the domain", "uncovered.mail.test", "006", "name-not-covered")
        .offering("covered.mail.test"),
    smtp("another name, by STARTTLS", "uncovered.mail.test:587/starttls", "006", "name-not-covered")
        .offering("covered.mail.test"),
    imap("the hoster's certificate", "wrong-domain.mail.test", "006", "wrong-certificate")
        .offering("server7.hosting.test"),
    imap("two levels below the wildcard", "too.deep.mail.test", "006", "wildcard-too-shallow"),
    imap("an address was typed", "{good}", "006", "address-instead-of-name").offering("good.mail.test"),
    imap("the server rejects the name", "unnamed.mail.test", "006", "server-name-rejected"),
    // 007: can't be verified
    imap("a company's own root", "private.mail.test", "007", "private-authority"),
    smtp("a company's own root, by STARTTLS", "private.mail.test:587/starttls", "007", "private-authority"),
    imap("an unknown issuer", "unknown.mail.test", "007", "unknown-authority"),
    imap("the name is in the subject only", "no-alternative-name.mail.test", "007", "missing-information"),
    imap("not meant for servers", "client-only.mail.test", "007", "missing-information"),
    imap("X.509 version 1", "version-1.mail.test", "007", "missing-information"),
    // 008: no secure connection
    smtp("TLS 1.1 at most", "old-tls.mail.test:465/tls", "008", "tls-version-too-old"),
    smtp("TLS 1.1 at most, by STARTTLS", "old-tls.mail.test:587/starttls", "008", "tls-version-too-old"),
    smtp("an old cipher only", "old-cipher.mail.test:465/tls", "008", "no-common-cipher"),
    imap("a client certificate is needed", "members-only.mail.test", "008", "client-certificate-required"),
    imap("the handshake is cut off", "aborting.mail.test", "008", "handshake-failed").likely(),
    imap("the signature is broken", "broken-signature.mail.test", "008", "certificate-unreadable"),
    imap("an antivirus program listens in", "inspected.mail.test", "008", "tls-interrupted-by-proxy"),
    // 009: sign-in refused
    imap("a wrong password", "good.mail.test", "009", "wrong-credentials").signing_in(WRONG).unsettled(),
    smtp("a wrong password for sending", "good.mail.test", "009", "wrong-credentials")
        .signing_in(WRONG)
        .unsettled(),
    imap("only the part before the @", "good.mail.test", "009", "user-name-format")
        .with(&["--user", "user"])
        .likely()
        .offering("user@mail.test"),
    State {
        imap: "two-passwords.mail.test",
        ..smtp(
            "another password for sending",
            "two-passwords.mail.test",
            "009",
            "different-sending-credentials",
        )
    },
    imap("CRAM-MD5 only", "cram-md5.mail.test", "009", "no-common-mechanism"),
    imap("no sign-in without TLS", "good.mail.test:143/plain", "009", "sign-in-needs-tls"),
    smtp("no sending without TLS", "good.mail.test:587/plain", "009", "sign-in-needs-tls"),
    imap("the password database is down", "no-passwords.mail.test", "009", "temporary-refusal"),
    smtp("the password database is down for sending", "no-passwords.mail.test", "009", "temporary-refusal"),
    imap("the account is locked", "good.mail.test", "009", "account-locked").from("locked@mail.test"),
    imap("IMAP is off for the account", "good.mail.test", "009", "access-disabled").from("no-imap@mail.test"),
    imap("IMAP is off for the organisation", "zoho-like.mail.test", "009", "access-disabled"),
    imap("an app password is needed", "gmail-like.mail.test", "009", "app-password-required"),
    smtp("an app password is needed for sending", "gmail-like.mail.test", "009", "app-password-required"),
    smtp("web sign-in only", "microsoft-like.mail.test", "009", "single-sign-on"),
    imap("sign-in from abroad is blocked", "overseas-filter.mail.test", "009", "location-blocked"),
    imap("one text for two causes", "yandex-like.mail.test", "009", "ambiguous-refusal").unsettled(),
    // Yahoo says "too many attempts" at the first one too, when it wants an app password.
    smtp("one text for three causes", "yahoo-like.mail.test", "009", "ambiguous-refusal").unsettled(),
    // The messages without a number
    imap("the mailbox can't be opened", "good.mail.test", "first-sync", "mailbox-unavailable")
        .from("no-mailbox@mail.test"),
    State {
        imap: "outlook-like.mail.test",
        ..smtp(
            "SMTP AUTH is off for the organisation",
            "outlook-like.mail.test",
            "auth",
            "smtp-auth-disabled",
        )
    }
    .signing_in(SignIn::Token("eyJ0eXAiOiJKV1QifQ.lab.token")),
    imap("it worked until the password changed", "good.mail.test", "reconnect", "authorisation-revoked")
        .with(&["--worked-before"])
        .signing_in(WRONG)
        .likely(),
];

const WORKS_FROM_HERE: State =
    State { code: "003", cause: "works-from-here", more: &["--reported", "006"], ..CHECK };
