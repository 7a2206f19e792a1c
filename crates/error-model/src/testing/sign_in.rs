//! Observations of the sign-in and what follows it, for the tests of the rules of 009 and the codes without a number.

use super::{Builder, evidence};
use crate::{Security, evidence::*};

/// The user of the tests; address and user name are the same.
pub(crate) const USER: &str = "user@example.com";

/// IMAP, signing in with a password.
pub(crate) fn receiving() -> Builder {
    evidence().imap("mail.example.com", 993, Security::Tls).user(USER)
}

/// SMTP, signing in with a password.
pub(crate) fn sending() -> Builder {
    evidence().smtp("mail.example.com", 465, Security::Tls).user(USER)
}

/// IMAP and SMTP, signing in with the same password.
pub(crate) fn both() -> Builder {
    receiving().smtp("mail.example.com", 465, Security::Tls)
}

impl Builder {
    /// The secret is a token.
    pub fn with_token(self) -> Self {
        self.asked(|asked| asked.token = true)
    }

    /// The account was connected once.
    pub fn worked_before(self) -> Self {
        self.asked(|asked| asked.worked_before = true)
    }
}

/// A reply of an IMAP server: `NO`, `BAD` or `BYE`, a response code in brackets, a text.
pub(crate) fn imap_says(line: &str) -> Reply {
    let (word, rest) = line.split_once(' ').expect("a status and a text");
    let status = match word {
        "NO" => ReplyStatus::No,
        "BAD" => ReplyStatus::Bad,
        "BYE" => ReplyStatus::Bye,
        _ => ReplyStatus::Ok,
    };
    let (response_code, text) = match rest.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((code, text)) => (Some(code.to_owned()), text),
        None => (None, rest),
    };
    Reply { status, code: None, enhanced: None, response_code, charset: None, text: text.into() }
}

/// A reply of an SMTP server: `535 5.7.8 Text`.
pub(crate) fn smtp_says(line: &str) -> Reply {
    let (digits, text) = line.split_once(' ').expect("a code and a text");
    let code: u16 = digits.parse().expect("three digits");
    let first = text.split(' ').next().filter(|word| word.split('.').count() == 3);
    let status = match code {
        421 => ReplyStatus::Bye,
        400..=499 => ReplyStatus::Later,
        500..=504 => ReplyStatus::Bad,
        505.. => ReplyStatus::No,
        _ => ReplyStatus::Ok,
    };
    let enhanced = first.map(str::to_owned);
    Reply { status, code: Some(code), enhanced, response_code: None, charset: None, text: text.into() }
}

/// The sign-in was refused.
pub(crate) fn refused(reply: Reply) -> Observation {
    refused_with_challenge(reply, "")
}

/// A token was refused, with the error challenge of its mechanism.
pub(crate) fn refused_with_challenge(reply: Reply, challenge: &str) -> Observation {
    Observation::SignIn { mechanism: "PLAIN".into(), accepted: false, reply, challenge: challenge.into() }
}

/// The refusal of Dovecot and of Postfix, which says nothing more.
pub(crate) fn plainly_refused(lane: crate::Lane) -> Observation {
    refused(match lane {
        crate::Lane::Imap => imap_says("NO [AUTHENTICATIONFAILED] Authentication failed."),
        crate::Lane::Smtp => smtp_says("535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"),
    })
}

/// The sign-in was accepted.
pub(crate) fn accepted() -> Observation {
    Observation::SignIn {
        mechanism: "PLAIN".into(),
        accepted: true,
        reply: imap_says("OK Logged in."),
        challenge: "".into(),
    }
}

/// INBOX opened, with so many messages.
pub(crate) fn opened(messages: u32) -> Observation {
    opened_with(messages, None)
}

/// INBOX opened, and the server tells how many bytes its messages take.
pub(crate) fn opened_with(messages: u32, size: Option<u64>) -> Observation {
    let reply = imap_says("OK [READ-ONLY] done");
    Observation::Mailbox { opened: true, reply, messages: Some(messages), size }
}

/// So many messages came within five seconds, of a mailbox with this many.
pub(crate) fn read(came: u32, messages: u32, size: Option<u64>) -> Observation {
    let octets = u64::from(came) * 1_500;
    Observation::Reading { read: came, of: 300, messages, size, octets, elapsed_ms: 5_000 }
}

/// The issuer gave no token, with this error.
pub(crate) fn not_issued() -> Observation {
    Observation::SignInSkipped { reason: SignInSkip::NotIssued }
}

/// INBOX didn't open.
pub(crate) fn not_opened(line: &str) -> Observation {
    Observation::Mailbox { opened: false, reply: imap_says(line), messages: None, size: None }
}

/// The sender was refused.
pub(crate) fn sender_refused(line: &str) -> Observation {
    Observation::Sender { allowed: false, reply: smtp_says(line) }
}

/// A provider of the table, known by the server's name.
pub(crate) struct Known {
    pub id: &'static str,
    pub clue: ProviderClue,
    pub app_password: bool,
    pub oauth_only: bool,
    pub off_by_default: bool,
    pub overseas_filter: bool,
    pub user_name: Option<&'static str>,
}

impl Known {
    /// One that asks for nothing special.
    pub const PLAIN: Self = Self {
        id: "example",
        clue: ProviderClue::Host,
        app_password: false,
        oauth_only: false,
        off_by_default: false,
        overseas_filter: false,
        user_name: None,
    };

    pub fn observation(&self) -> Observation {
        Observation::Provider {
            id: self.id.into(),
            name: "Example Mail".into(),
            name_ja: None,
            clue: self.clue,
            app_password: self.app_password,
            oauth_only: self.oauth_only,
            off_by_default: self.off_by_default,
            overseas_filter: self.overseas_filter,
            user_name: self.user_name.map(Into::into),
        }
    }
}

/// A known provider that wants an app password, or takes OAuth only.
pub(crate) fn provider(id: &'static str, app_password: bool, oauth_only: bool) -> Observation {
    Known { id, app_password, oauth_only, ..Known::PLAIN }.observation()
}

/// A provider that says which user name it wants.
pub(crate) fn wants_user_name(form: &'static str) -> Observation {
    Known { user_name: Some(form), ..Known::PLAIN }.observation()
}

/// What a token says of itself.
fn token() -> Observation {
    Observation::Token { identity: None, scopes: vec![], audience: None, expires_at: None, error: None }
}

/// A token of this account.
pub(crate) fn token_of(account: &str) -> Observation {
    let mut seen = token();
    if let Observation::Token { identity, .. } = &mut seen {
        *identity = Some(account.into());
    }
    seen
}

/// A token with these scopes.
pub(crate) fn token_for(names: &[&str]) -> Observation {
    let mut seen = token();
    if let Observation::Token { scopes, .. } = &mut seen {
        scopes.extend(names.iter().map(|scope| String::from(*scope)));
    }
    seen
}

/// A token for another service, whatever its scopes are called.
pub(crate) fn token_issued_for(service: &str) -> Observation {
    let mut seen = token_for(&["IMAP.AccessAsUser.All", "SMTP.Send"]);
    if let Observation::Token { audience, .. } = &mut seen {
        *audience = Some(service.into());
    }
    seen
}

/// A token that ends at this moment.
pub(crate) fn token_until(moment: i64) -> Observation {
    let mut seen = token();
    if let Observation::Token { expires_at, .. } = &mut seen {
        *expires_at = Some(moment);
    }
    seen
}

/// The issuer's error.
pub(crate) fn token_error(text: &str) -> Observation {
    let mut seen = token();
    if let Observation::Token { error, .. } = &mut seen {
        *error = Some(text.into());
    }
    seen
}

/// What the server offers.
pub(crate) fn offers(
    inside_tls: bool,
    mechanisms: &[&str],
    starttls: bool,
    login_disabled: bool,
) -> Observation {
    let mechanisms = mechanisms.iter().map(|name| (*name).into()).collect();
    Observation::Capabilities { inside_tls, tokens: vec![], mechanisms, starttls, login_disabled }
}

/// No sign-in was tried.
pub(crate) fn skipped(reason: SignInSkip) -> Observation {
    Observation::SignInSkipped { reason }
}
