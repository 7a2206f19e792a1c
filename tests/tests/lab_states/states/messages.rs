//! The messages without a number: `auth`, `first-sync`, `reconnect`.

use super::{SignIn, State, WRONG, imap, smtp};

/// What the lab's Dovecot asks of a token, in the shape of Microsoft's.
const TOKEN: &str = r#"{"sub":"1","upn":"user@mail.test","scp":"IMAP.AccessAsUser.All SMTP.Send",
    "scope":"IMAP.AccessAsUser.All","aud":"https://outlook.office.com","exp":4102444800}"#;
const OTHER_ACCOUNT: &str = r#"{"sub":"1","upn":"other@mail.test","scp":"IMAP.AccessAsUser.All SMTP.Send",
    "scope":"IMAP.AccessAsUser.All","aud":"https://outlook.office.com","exp":4102444800}"#;
const NO_PERMISSION: &str = r#"{"sub":"1","upn":"user@mail.test","scp":"openid SMTP.Send",
    "scope":"openid","aud":"https://outlook.office.com","exp":4102444800}"#;
const FOR_GRAPH: &str = r#"{"sub":"1","upn":"user@mail.test","scp":"IMAP.AccessAsUser.All SMTP.Send",
    "aud":"https://graph.microsoft.com","exp":4102444800}"#;
const ENDED: &str = r#"{"sub":"1","upn":"user@mail.test","scp":"IMAP.AccessAsUser.All SMTP.Send",
    "scope":"IMAP.AccessAsUser.All","aud":"https://outlook.office.com","exp":1600000000}"#;

/// The server's error, decoded; a backslash of its own stands before each quotation mark.
const UNAUTHORISED: &str = r#""challenge":"{\"status\":\"401\""#;

/// With a token that has ended, which the server's error calls unauthorised.
const fn refused_as_ended(state: State) -> State {
    state.signing_in(SignIn::Claims(ENDED)).showing(UNAUTHORISED).likely()
}

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
    State {
        imap: "mailbox-off-like.mail.test",
        ..smtp("SMTP AUTH is off for the mailbox", "mailbox-off-like.mail.test", "auth", "smtp-auth-disabled")
    }
    .signing_in(SignIn::Token("eyJ0eXAiOiJKV1QifQ.lab.token")),
    imap("a token of the mailbox is taken", "tokens.mail.test", "003", "works-from-here")
        .with(&["--reported", "auth"])
        .signing_in(SignIn::Claims(TOKEN)),
    imap("a token of another account", "tokens.mail.test", "auth", "identity-mismatch")
        .signing_in(SignIn::Claims(OTHER_ACCOUNT)),
    imap("a token without the permission", "tokens.mail.test", "auth", "consent-missing")
        .signing_in(SignIn::Claims(NO_PERMISSION)),
    imap("a token for another service", "exchange-like.mail.test", "auth", "consent-missing")
        .signing_in(SignIn::Claims(FOR_GRAPH)),
    imap("a token that has ended", "tokens.mail.test", "reconnect", "authorisation-revoked")
        .signing_in(SignIn::Claims(ENDED))
        .likely(),
    refused_as_ended(imap(
        "an ended token, said with OAUTHBEARER",
        "bearer-like.mail.test",
        "reconnect",
        "authorisation-revoked",
    )),
    refused_as_ended(imap(
        "an ended token, asked for by OAUTHBEARER",
        "asking-bearer-like.mail.test",
        "reconnect",
        "authorisation-revoked",
    )),
    refused_as_ended(imap(
        "an ended token, asked for by XOAUTH2",
        "asking-xoauth2-like.mail.test",
        "reconnect",
        "authorisation-revoked",
    )),
    refused_as_ended(smtp(
        "an ended token for sending, longer than a command, by OAUTHBEARER",
        "bearer-like.mail.test",
        "reconnect",
        "authorisation-revoked",
    )),
    refused_as_ended(smtp(
        "an ended token for sending, longer than a command, by XOAUTH2",
        "asking-xoauth2-like.mail.test",
        "reconnect",
        "authorisation-revoked",
    )),
    State {
        smtp: "asks-issuer.mail.test",
        ..imap("an issued token is taken", "asks-issuer.mail.test", "003", "works-from-here")
    }
    .with(&["--reported", "auth"])
    .signing_in(SignIn::Issued("good")),
    imap("a token for this mail server alone is taken", "asks-issuer.mail.test", "003", "works-from-here")
        .with(&["--reported", "auth"])
        .signing_in(SignIn::Issued("for-mail")),
    imap("an issued token that has ended", "asks-issuer.mail.test", "reconnect", "authorisation-revoked")
        .with(&["--worked-before"])
        .signing_in(SignIn::Issued("ended"))
        .likely(),
    imap(
        "an issued token that was taken back",
        "asks-issuer.mail.test",
        "reconnect",
        "authorisation-revoked",
    )
    .with(&["--worked-before"])
    .signing_in(SignIn::Issued("revoked"))
    .likely(),
    // An opaque token says nothing of itself, and the server gives the same answer to all three: nothing is certain.
    smtp(
        "an issued token that has ended, for sending",
        "asks-issuer.mail.test",
        "reconnect",
        "authorisation-revoked",
    )
    .with(&["--worked-before"])
    .signing_in(SignIn::Issued("ended"))
    .likely(),
    imap("an issued token of another account", "asks-issuer.mail.test", "auth", "identity-mismatch")
        .signing_in(SignIn::Issued("other-user"))
        .possible()
        .beside("consent-missing"),
    imap("an issued token for another service", "asks-issuer.mail.test", "auth", "identity-mismatch")
        .signing_in(SignIn::Issued("for-files"))
        .possible()
        .beside("consent-missing"),
    imap("an issued token without the scope", "asks-issuer.mail.test", "auth", "identity-mismatch")
        .signing_in(SignIn::Issued("without-scope"))
        .possible()
        .beside("consent-missing"),
    imap("another account than before", "tokens.mail.test", "reconnect", "different-account")
        .with(&["--worked-before"])
        .signing_in(SignIn::Claims(OTHER_ACCOUNT)),
    imap("signed in, and no mailbox behind it", "unlicensed-like.mail.test", "auth", "mailbox-not-licensed")
        .signing_in(SignIn::Claims(TOKEN))
        .likely(),
    imap("a first sync over a failing sign-in", "good.mail.test", "first-sync", "sign-in-stalled")
        .with(&["--reported", "first-sync"])
        .signing_in(WRONG)
        .beside("wrong-credentials"),
    imap("a first sync of a full mailbox", "good.mail.test", "first-sync", "large-mailbox")
        .with(&["--reported", "first-sync"])
        .from("full@mail.test")
        .showing("\"kind\":\"reading\",\"read\":300,\"of\":300,\"messages\":20500"),
    imap("a first sync of a few enormous messages", "good.mail.test", "first-sync", "large-mailbox")
        .with(&["--reported", "first-sync"])
        .from("heavy@mail.test")
        .showing("\"size\":2700000000"),
    imap("it worked until the password changed", "good.mail.test", "reconnect", "authorisation-revoked")
        .with(&["--worked-before"])
        .signing_in(WRONG)
        .likely(),
];
