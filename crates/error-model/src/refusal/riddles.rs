//! Texts that stand for several causes, and the providers known for them; the likeliest cause first.

use super::{
    Reason,
    table::{
        Row,
        When::{All, Bare, Enhanced, From, Says},
    },
};
use crate::Cause;

/// Where the account's password never works, or hardly ever.
const PASSWORD_OR_APP_PASSWORD: Reason =
    Reason::Ambiguous(&[Cause::AppPasswordRequired, Cause::WrongCredentials]);

/// Texts that give their provider away.
pub(super) const RIDDLES: &[Row] = &[
    Row(
        Says(&["credentials or imap is disabled"]),
        Reason::Ambiguous(&[Cause::AccessDisabled, Cause::WrongCredentials, Cause::AppPasswordRequired]),
    ),
    // Yahoo and AOL say it at the first attempt with the account's password.
    Row(
        Says(&["#auth005"]),
        Reason::Ambiguous(&[
            Cause::AppPasswordRequired,
            Cause::WrongCredentials,
            Cause::AccountLocked,
            Cause::TemporaryRefusal,
        ]),
    ),
    Row(Says(&["#mbr1212", "login invalid credentials"]), PASSWORD_OR_APP_PASSWORD),
    Row(Says(&["username, password or access token"]), PASSWORD_OR_APP_PASSWORD),
    // Zoho leaves out the space that Gmail has; its data centres know each other's accounts as little as a wrong one.
    Row(
        Says(&["invalid credentials(failure)"]),
        Reason::Ambiguous(&[Cause::WrongCredentials, Cause::AppPasswordRequired]),
    ),
    // Gmail takes no account's password any more, and app passwords are withdrawn and forbidden in the same words.
    Row(
        Says(&["invalid credentials (failure)", "username and password not accepted"]),
        Reason::Plain { coded: false, understood: true },
    ),
    Row(
        Says(&["user is authenticated but not connected"]),
        Reason::Ambiguous(&[
            Cause::AccessDisabled,
            Cause::MailboxNotLicensed,
            Cause::ConsentMissing,
            Cause::WrongCredentials,
            Cause::TemporaryRefusal,
        ]),
    ),
    Row(
        Says(&["authenticate failed."]),
        Reason::Ambiguous(&[
            Cause::SingleSignOn,
            Cause::WrongCredentials,
            Cause::AccessDisabled,
            Cause::ConsentMissing,
        ]),
    ),
    Row(
        All(&[Enhanced(&["7.3"]), Says(&["authentication unsuccessful"])]),
        Reason::Ambiguous(&[
            Cause::WrongCredentials,
            Cause::SmtpAuthDisabled,
            Cause::UserNameFormat,
            Cause::IdentityMismatch,
            Cause::ConsentMissing,
        ]),
    ),
    // QQ lists in one sentence whatever it may be.
    Row(
        Says(&["service is not open, password is incorrect"]),
        Reason::Ambiguous(&[
            Cause::AppPasswordRequired,
            Cause::AccessDisabled,
            Cause::AccountLocked,
            Cause::TemporaryRefusal,
        ]),
    ),
];

/// Bare refusals that mean more at one provider than elsewhere.
pub(super) const BARE_AT_A_PROVIDER: &[Row] = &[
    Row(All(&[Bare, From(&["yahoo", ".yahoo.com", "aol", ".aol.com"])]), PASSWORD_OR_APP_PASSWORD),
    Row(
        All(&[Bare, From(&["icloud", ".mail.me.com"])]),
        Reason::Ambiguous(&[Cause::AppPasswordRequired, Cause::WrongCredentials, Cause::UserNameFormat]),
    ),
    Row(All(&[Bare, From(&["fastmail", ".fastmail.com", ".messagingengine.com"])]), PASSWORD_OR_APP_PASSWORD),
    Row(
        All(&[
            Bare,
            From(&["zoho", "zoho-eu", "zoho-in", "zoho-jp", ".zoho.com", ".zoho.eu", ".zoho.in", ".zoho.jp"]),
        ]),
        Reason::Ambiguous(&[Cause::WrongCredentials, Cause::AppPasswordRequired]),
    ),
    Row(
        All(&[Bare, From(&["yandex", ".yandex.com", ".yandex.ru"])]),
        Reason::Ambiguous(&[Cause::AccessDisabled, Cause::WrongCredentials, Cause::AppPasswordRequired]),
    ),
    Row(
        All(&[
            From(&["microsoft365", "outlook-com", ".office365.com", ".outlook.com"]),
            Says(&["login failed", "authenticate failed"]),
        ]),
        Reason::Ambiguous(&[Cause::SingleSignOn, Cause::WrongCredentials, Cause::AccessDisabled]),
    ),
];
