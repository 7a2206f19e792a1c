//! 009: the sign-in is refused.

use super::{State, WRONG, imap, smtp};

pub(super) const STATES: &[State] = &[
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
    imap("the password has expired", "good.mail.test", "009", "account-locked").from("expired@mail.test"),
    smtp("the password has expired for sending", "good.mail.test", "009", "account-locked")
        .from("expired@mail.test"),
    imap("IMAP is off for the account", "good.mail.test", "009", "access-disabled").from("no-imap@mail.test"),
    imap("IMAP is off for the organisation", "zoho-like.mail.test", "009", "access-disabled"),
    imap("an app password is needed", "gmail-like.mail.test", "009", "app-password-required"),
    smtp("an app password is needed for sending", "gmail-like.mail.test", "009", "app-password-required"),
    smtp("web sign-in only", "microsoft-like.mail.test", "009", "single-sign-on"),
    imap("sign-in from abroad is blocked", "overseas-filter.mail.test", "009", "location-blocked"),
    smtp("an authorisation code is needed, in GBK", "qq-like.mail.test", "009", "app-password-required"),
    imap("the account is frozen, in GBK", "netease-like.mail.test", "009", "account-locked"),
    imap("a filter abroad, in ISO-2022-JP", "old-japanese.mail.test", "009", "location-blocked"),
    // The code means wrong credentials, the words mean something, and nobody has told us what.
    State {
        confidence: "possible",
        ..imap("words that nobody understands", "unheard-of.mail.test", "009", "wrong-credentials")
    },
    imap("one text for two causes", "yandex-like.mail.test", "009", "ambiguous-refusal").unsettled(),
    // Yahoo says "too many attempts" at the first one too, when it wants an app password.
    smtp("one text for three causes", "yahoo-like.mail.test", "009", "ambiguous-refusal").unsettled(),
];
