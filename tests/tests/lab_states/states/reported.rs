//! The code that the person saw, beside what is found: how the two stand to each other, and why they may differ.

use tests::lab::PASSWORD;

use super::{CHECK, SignIn, State, WRONG, imap, smtp};

pub(super) const STATES: &[State] = &[
    // Nothing is wrong from here.
    passing("001 was seen, and everything passes", &["--reported", "001"]).because(&[
        "dns-ttl",
        "allow-list",
        "passing-fault",
        "other-settings",
    ]),
    passing("002 was seen, and everything passes", &["--reported", "002"]).because(&[
        "allow-list",
        "dns-ttl",
        "passing-fault",
        "other-settings",
    ]),
    passing("006 was seen, and everything passes", &["--reported", "006"])
        .because(&["dns-ttl", "other-settings"]),
    passing("009 was seen, and everything passes", &["--reported", "009"]).because(&[
        "other-password",
        "allow-list",
        "dns-ttl",
        "passing-fault",
        "other-settings",
    ]),
    passing("first-sync was seen, and everything passes", &["--reported", "first-sync"]).because(&[
        "other-password",
        "passing-fault",
        "other-settings",
    ]),
    passing("009 was seen, and no password was given", &["--reported", "009"])
        .signing_in(SignIn::No)
        .likely()
        .because(&["sign-in-not-tested", "allow-list", "dns-ttl", "passing-fault", "other-settings"]),
    State { smtp: "", ..passing("002 was seen, and receiving alone was tested", &["--reported", "002"]) }
        .because(&["lane-not-tested", "allow-list", "dns-ttl", "passing-fault", "other-settings"]),
    // The finding accounts for the code.
    imap("expired, and 005 was seen", "expired.mail.test", "005", "expired")
        .with(&["--reported", "005"])
        .standing("same"),
    imap("expired, and 008 was seen", "expired.mail.test", "005", "expired")
        .with(&["--reported", "008"])
        .standing("also-shown-as"),
    State {
        smtp: "expired.mail.test",
        ..imap("closed, and 005 was seen of sending", "closed.mail.test", "002", "port-closed")
    }
    .with(&["--reported", "005"])
    .standing("other-lane"),
    imap("localhost's certificate, and 006 was seen", "default.mail.test", "005", "default-certificate")
        .with(&["--reported", "006"])
        .standing("further-finding"),
    imap("closed, and 003 was seen", "closed.mail.test", "002", "port-closed")
        .with(&["--reported", "003"])
        .standing("behind"),
    // The messages without a number.
    imap("a first sync over a wrong password", "good.mail.test", "first-sync", "sign-in-stalled")
        .signing_in(WRONG)
        .with(&["--reported", "first-sync"])
        .standing("same"),
    imap("a first sync through a closed port", "closed.mail.test", "002", "port-closed")
        .with(&["--reported", "first-sync"])
        .standing("behind"),
    imap("to be reconnected with a wrong password", "good.mail.test", "reconnect", "authorisation-revoked")
        .signing_in(WRONG)
        .likely()
        .with(&["--reported", "reconnect"])
        .standing("same"),
    imap(
        "auth was seen, and an app password is needed",
        "gmail-like.mail.test",
        "009",
        "app-password-required",
    )
    .with(&["--reported", "auth"])
    .standing("behind"),
    // Another fault hides the code or comes after it.
    imap("expired, and 009 was seen", "expired.mail.test", "005", "expired")
        .with(&["--reported", "009"])
        .standing("hides")
        .because(&["dns-ttl", "other-settings"]),
    imap("the intermediate isn't sent, and 009 was seen", "incomplete.mail.test", "005", "chain-incomplete")
        .with(&["--allow-port", "80", "--reported", "009"])
        .standing("hides")
        .because(&["intermediate-known", "dns-ttl", "other-settings"]),
    smtp(
        "the server blocks this client, and 009 was seen",
        "blocking.mail.test:587/starttls",
        "002",
        "refused-by-policy",
    )
    .with(&["--reported", "009"])
    .standing("hides")
    .because(&["turned-away", "dns-ttl", "other-settings"]),
    smtp(
        "the server is overloaded, and 006 was seen",
        "busy.mail.test:587/starttls",
        "002",
        "server-unavailable",
    )
    .with(&["--reported", "006"])
    .standing("hides")
    .because(&["passing-fault", "dns-ttl", "other-settings"]),
    imap("another name, and 005 was seen", "uncovered.mail.test", "006", "name-not-covered")
        .with(&["--reported", "005"])
        .standing("instead")
        .because(&["dns-ttl", "other-settings"]),
    imap(
        "an app password is needed, and 002 was seen",
        "gmail-like.mail.test",
        "009",
        "app-password-required",
    )
    .with(&["--reported", "002"])
    .standing("past")
    .because(&["lane-not-tested", "allow-list", "dns-ttl", "passing-fault", "other-settings"]),
];

/// Nothing is wrong with either service, sign-in included, although a code was reported.
const fn passing(name: &'static str, more: &'static [&'static str]) -> State {
    State {
        name,
        imap: "good.mail.test",
        smtp: "good.mail.test",
        code: "003",
        cause: "works-from-here",
        confidence: "proven",
        relation: "nothing-found",
        sign_in: SignIn::Password(PASSWORD),
        more,
        ..CHECK
    }
}
