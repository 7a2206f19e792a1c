//! 009 at providers that are known for something: the reply says no more than no.

use super::{State, WRONG, imap, smtp};

pub(super) const STATES: &[State] = &[
    // Known by the server's name.
    imap("Yahoo! JAPAN wants the part before the @", "imap.mail.yahoo.co.jp", "009", "user-name-format")
        .signing_in(WRONG)
        .likely()
        .offering("user")
        .beside("access-disabled"),
    imap("Yahoo! JAPAN keeps programs out at first", "imap.mail.yahoo.co.jp", "009", "access-disabled")
        .with(&["--user", "user"])
        .signing_in(WRONG)
        .likely()
        .beside("wrong-credentials"),
    imap("Yahoo takes no account's password", "imap.mail.yahoo.com", "009", "ambiguous-refusal")
        .signing_in(WRONG)
        .beside("app-password-required"),
    smtp("Yahoo takes none for sending", "smtp.mail.yahoo.com", "009", "ambiguous-refusal")
        .signing_in(WRONG)
        .beside("app-password-required"),
    imap("iCloud takes no account's password", "imap.mail.me.com", "009", "ambiguous-refusal")
        .signing_in(WRONG)
        .beside("user-name-format"),
    imap("Zoho may know the account elsewhere", "imap.zoho.com", "009", "ambiguous-refusal")
        .signing_in(WRONG)
        .beside("wrong-credentials"),
    imap("Yandex keeps programs out at first", "imap.yandex.com", "009", "ambiguous-refusal")
        .signing_in(WRONG)
        .beside("access-disabled"),
    imap("Gmail takes no account's password", "imap.gmail.com", "009", "app-password-required")
        .signing_in(WRONG)
        .likely()
        .beside("wrong-credentials"),
    State {
        imap: "sv9999.xserver.jp",
        ..smtp("Xserver filters senders abroad", "sv9999.xserver.jp:587/starttls", "009", "location-blocked")
    }
    .likely()
    .beside("different-sending-credentials"),
    // Known by the domain of the address.
    imap("GMX keeps programs out at first", "good.mail.test", "009", "access-disabled")
        .from("user@gmx.de")
        .signing_in(WRONG)
        .likely(),
    imap("Microsoft 365 takes no password", "good.mail.test", "009", "single-sign-on")
        .from("user@example.onmicrosoft.com")
        .signing_in(WRONG)
        .likely(),
    // Known by the mail exchanger alone, which may be another's than the server's.
    smtp("Sakura takes the domain's mail in", "good.mail.test", "009", "wrong-credentials")
        .from("user@hosted.test")
        .signing_in(WRONG)
        .likely()
        .beside("location-blocked"),
];
