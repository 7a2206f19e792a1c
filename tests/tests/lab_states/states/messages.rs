//! The messages without a number: `auth`, `first-sync`, `reconnect`.

use super::{SignIn, State, WRONG, imap, smtp};

pub(super) const STATES: &[State] = &[
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
