//! What servers say, and what they mean by it: the shape of a row, the order of the tables, and the codes.

use super::{
    Reason,
    languages::{LANGUAGES, LATE_LANGUAGES},
    phrases::{LATE_PHRASES, PHRASES},
    riddles::{BARE_AT_A_PROVIDER, RIDDLES},
};
use crate::evidence::ReplyStatus;

/// When a row fits.
pub(super) enum When {
    /// The text holds one of these phrases (`*` for a few words of the same sentence).
    Says(&'static [&'static str]),
    /// The error challenge of an OAuth mechanism holds one of these.
    Challenge(&'static [&'static str]),
    /// Every word is one of those that say no and nothing more ([`super::bare`]).
    Bare,
    /// The provider or the server is one of these ([`super::Origin::is`]).
    From(&'static [&'static str]),
    /// One of these IMAP response codes.
    Response(&'static [&'static str]),
    /// One of these SMTP codes.
    Code(&'static [u16]),
    /// One of these enhanced codes, their class left out.
    Enhanced(&'static [&'static str]),
    /// The kind of reply.
    Status(ReplyStatus),
    /// All of these.
    All(&'static [When]),
}

/// A row: when it fits, and what it means.
pub(super) struct Row(pub When, pub Reason);

use When::{All, Bare, Challenge, Code, Enhanced, Response, Says, Status};

const fn plain(coded: bool) -> Reason {
    Reason::Plain { coded, understood: true }
}

/// The first row that fits counts, so the order is part of the meaning.
pub(super) const REPLIES: [&[Row]; 8] =
    [RIDDLES, PHRASES, LANGUAGES, CODES, LATE_PHRASES, LATE_LANGUAGES, BARE_AT_A_PROVIDER, NOTHING_MORE];

/// Codes, the telling ones first.
const CODES: &[Row] = &[
    Row(Challenge(&["insufficient_scope"]), Reason::Consent),
    Row(
        Challenge(&["invalid_token", "\"status\":\"4", "\"status\": \"4", "schemes", "\"status\""]),
        Reason::Token,
    ),
    Row(Response(&["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA"]), Reason::Temporary),
    Row(Response(&["EXPIRED"]), Reason::Expired),
    Row(Response(&["CONTACTADMIN"]), Reason::Locked),
    Row(Response(&["PRIVACYREQUIRED"]), Reason::NeedsTls),
    Row(Response(&["AUTHORIZATIONFAILED"]), Reason::Authorisation),
    Row(Response(&["NOPERM"]), Reason::AccessDisabled),
    Row(Response(&["NONEXISTENT"]), Reason::Unlicensed),
    Row(Response(&["WEBALERT"]), Reason::WebOnly),
    Row(Response(&["CLIENTBUG"]), Reason::NotUnderstood),
    Row(Code(&[523, 538]), Reason::NeedsTls),
    Row(Enhanced(&["7.10", "7.11"]), Reason::NeedsTls),
    Row(Code(&[525]), Reason::Locked),
    Row(Enhanced(&["7.13"]), Reason::Locked),
    Row(Enhanced(&["7.4", "7.9", "7.12"]), Reason::Mechanism),
    Row(Enhanced(&["7.57"]), Reason::NotSignedIn),
    Row(Enhanced(&["7.60"]), Reason::Sender),
    Row(Enhanced(&["5.6"]), Reason::NotUnderstood),
    // Hotmail's way to ask for a visit to its web page.
    Row(All(&[Code(&[550]), Enhanced(&["3.4"])]), Reason::WebOnly),
    Row(Code(&[504]), Reason::Mechanism),
    Row(Code(&[530]), Reason::NotSignedIn),
    Row(Status(ReplyStatus::Later), Reason::Temporary),
    Row(Code(&[421]), Reason::Temporary),
];

/// No, and nothing more.
const NOTHING_MORE: &[Row] = &[
    Row(All(&[Bare, Response(&["AUTHENTICATIONFAILED"])]), plain(true)),
    Row(All(&[Bare, Enhanced(&["7.8"])]), plain(true)),
    Row(Status(ReplyStatus::Bad), Reason::NotUnderstood),
    Row(Status(ReplyStatus::Bye), Reason::Temporary),
    Row(Bare, plain(false)),
];

/// Errors of those who issue tokens (RFC 6749 §5.2, Microsoft Entra's AADSTS numbers).
pub(super) const ISSUER: &[Row] = &[
    Row(Says(&["aadsts50053", "aadsts50057"]), Reason::Locked),
    Row(Says(&["aadsts50055", "aadsts50144"]), Reason::Expired),
    // A second factor, a device that isn't managed, a policy of conditional access.
    Row(
        Says(&["aadsts50076", "aadsts50079", "aadsts50158", "aadsts5300", "interaction_required"]),
        Reason::WebOnly,
    ),
    // Consent missing, to be given by an administrator, no such application in the tenant, user not assigned.
    Row(
        Says(&[
            "aadsts65001",
            "aadsts90094",
            "aadsts700016",
            "aadsts50105",
            "consent",
            "invalid_scope",
            "insufficient_scope",
            "access_denied",
            "admin_policy_enforced",
            "unauthorized_client",
        ]),
        Reason::Consent,
    ),
    // Password changed, long out of use, invalid refresh token, expired or revoked.
    Row(
        Says(&[
            "aadsts50173",
            "aadsts50133",
            "aadsts700082",
            "aadsts70008",
            "aadsts70000",
            "aadsts70043",
            "invalid_grant",
            "revoked",
        ]),
        Reason::Revoked,
    ),
    Row(Says(&["invalid_token", "expired"]), Reason::Token),
];
