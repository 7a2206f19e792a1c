//! Why a server refuses a sign-in, a mailbox or a sender: its reply, read by words first and by codes second.
//!
//! Codes are coarse and often used in a sense of their own (Exchange says 5.7.3 to everybody), words are what servers
//! take care of. Where a provider is known to give one text for several causes, the reading says so.

mod bare;
mod languages;
mod phrases;
mod read;
mod riddles;
mod table;
mod words;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use crate::{
    Cause, Confidence, Step,
    evidence::{Observation, ProviderClue, Reply, SignInSkip},
    view::{Claim, LaneView},
};

/// What a refusal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// No, and nothing more that is understood. `coded`: in the very code that standards have for wrong credentials
    /// (`AUTHENTICATIONFAILED`, RFC 5530; X.7.8, RFC 4954). Not `understood`: there are words whose meaning isn't known.
    Plain { coded: bool, understood: bool },
    /// One text for several causes, the likeliest first.
    Ambiguous(&'static [Cause]),
    /// An app password is wanted.
    AppPassword,
    /// The account needs a second factor, which a mail protocol can't ask for.
    MultiFactor,
    /// Web sign-in, OAuth or single sign-on only.
    WebOnly,
    /// The protocol is switched off for the user or the organisation.
    AccessDisabled,
    /// Microsoft's own switch for authenticated SMTP is off.
    SmtpAuthDisabled,
    /// Locked, suspended, disabled, or too many attempts.
    Locked,
    /// Password or account past its date.
    Expired,
    /// Where the client comes from isn't accepted.
    Location,
    /// Not now.
    Temporary,
    /// Not without TLS.
    NeedsTls,
    /// The mechanism isn't known or not allowed.
    Mechanism,
    /// The command itself wasn't understood.
    NotUnderstood,
    /// Signed in, but not for this mailbox.
    Authorisation,
    /// The token lacks permissions, or the organisation doesn't know the application.
    Consent,
    /// The token isn't accepted (any more).
    Token,
    /// The authorisation behind the token was withdrawn.
    Revoked,
    /// The account has no mailbox, or no licence for one.
    Unlicensed,
    /// This sender isn't the account's own.
    Sender,
    /// A sign-in is needed first.
    NotSignedIn,
}

/// Who refuses. Some texts are ambiguous only with some providers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// The provider's name in the table of providers; empty where it isn't known.
    pub provider: String,
    /// The server's name, lower case.
    pub host: String,
}

impl Origin {
    /// Whether a name belongs to it: `.example.com` is the domain of the server, `example` the provider.
    pub fn is(&self, name: &str) -> bool {
        match name.strip_prefix('.') {
            Some(domain) => self.host == domain || self.host.ends_with(name),
            None => self.provider == name,
        }
    }
}

/// Reads a reply.
pub(crate) fn classify(reply: &Reply, challenge: &[u8], origin: &Origin) -> Reason {
    read::reason(&read::Said::new(reply, challenge, origin))
}

/// Reads the error that a token's issuer gave (`invalid_grant`, `AADSTS…`). `None`: it says nothing that is known.
pub(crate) fn classify_issuer(error: &str) -> Option<Reason> {
    read::issuer_reason(error)
}

/// A refusal of the sign-in or of the sender.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused {
    pub seq: u32,
    pub step: Step,
    pub reason: Reason,
}

/// The refusals of a lane, each read once: most rules ask for them, and a reading holds the reply against every row.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    refused: OnceCell<Option<Refused>>,
    mailbox: OnceCell<Option<Refused>>,
}

/// What is known of the provider.
pub(crate) struct Provider<'a> {
    pub seq: u32,
    pub id: &'a str,
    pub clue: ProviderClue,
    pub app_password: bool,
    pub oauth_only: bool,
    pub off_by_default: bool,
    pub overseas_filter: bool,
    pub user_name: Option<&'a str>,
}

/// What is known of the token.
pub(crate) struct Token<'a> {
    pub seq: u32,
    pub identity: Option<&'a str>,
    pub scopes: &'a [String],
    pub audience: Option<&'a str>,
    pub expires_at: Option<i64>,
    pub error: Option<&'a str>,
}

impl<'a> LaneView<'a> {
    /// The refusal of the sign-in or, after it, of the sender.
    pub fn refused(&self) -> Option<Refused> {
        *self.refusals.refused.get_or_init(|| self.read_refusal())
    }

    fn read_refusal(&self) -> Option<Refused> {
        let origin = self.origin();
        let (seq, (step, reason)) = self.find(|o| match o {
            Observation::SignIn { accepted: false, reply, challenge, .. } => {
                Some((Step::SignIn, classify(reply, challenge.bytes(), &origin)))
            }
            // No token, no sign-in: what its issuer says is the refusal.
            Observation::SignInSkipped { reason: SignInSkip::NotIssued } => {
                let error = self.token().and_then(|token| token.error);
                let unknown = Reason::Plain { coded: false, understood: false };
                Some((Step::SignIn, error.and_then(classify_issuer).unwrap_or(unknown)))
            }
            Observation::Sender { allowed: false, reply } => {
                Some((Step::Mailbox, classify(reply, b"", &origin)))
            }
            _ => None,
        })?;
        Some(Refused { seq, step, reason })
    }

    /// The refusal of the sign-in.
    pub fn sign_in_refused(&self) -> Option<Refused> {
        self.refused().filter(|refused| refused.step == Step::SignIn)
    }

    /// The mailbox that didn't open although the sign-in passed.
    pub fn mailbox_refused(&self) -> Option<Refused> {
        *self.refusals.mailbox.get_or_init(|| self.read_mailbox_refusal())
    }

    fn read_mailbox_refusal(&self) -> Option<Refused> {
        let origin = self.origin();
        let (seq, reason) = self.find(|o| match o {
            Observation::Mailbox { opened: false, reply, .. } => Some(classify(reply, b"", &origin)),
            _ => None,
        })?;
        Some(Refused { seq, step: Step::Mailbox, reason })
    }

    /// The sign-in that the other lane accepted with the same user name and secret: they are right.
    pub fn accepted_elsewhere(&self) -> Option<u32> {
        self.other().filter(|_| self.asked().same_credentials)?.accepted_sign_in()
    }

    /// The account was connected once: so the person says, or the message that they saw.
    pub fn worked_before(&self) -> bool {
        self.asked().worked_before || self.asked().reported == Some(crate::Code::Reconnect)
    }

    /// What is known of the provider.
    pub fn provider(&self) -> Option<Provider<'a>> {
        self.observed().find_map(|(seq, o)| match o {
            Observation::Provider {
                id,
                clue,
                app_password,
                oauth_only,
                off_by_default,
                overseas_filter,
                user_name,
                ..
            } => Some(Provider {
                seq,
                id,
                clue: *clue,
                app_password: *app_password,
                oauth_only: *oauth_only,
                off_by_default: *off_by_default,
                overseas_filter: *overseas_filter,
                user_name: user_name.as_deref(),
            }),
            _ => None,
        })
    }

    /// What is known of the token.
    pub fn token(&self) -> Option<Token<'a>> {
        self.observed().find_map(|(seq, o)| match o {
            Observation::Token { identity, scopes, audience, expires_at, error } => Some(Token {
                seq,
                identity: identity.as_deref(),
                scopes,
                audience: audience.as_deref(),
                expires_at: *expires_at,
                error: error.as_deref(),
            }),
            _ => None,
        })
    }

    /// The token whose account isn't the mailbox that is signed in to.
    pub fn foreign_token(&self) -> Option<u32> {
        let token = self.token()?;
        let identity = token.identity?;
        let asked = self.asked();
        let named = asked.user(self.lane).or(asked.email.as_deref())?;
        (!identity.eq_ignore_ascii_case(named)).then_some(token.seq)
    }

    /// The token had ended when the run began.
    pub fn expired_token(&self) -> Option<u32> {
        let token = self.token()?;
        (token.expires_at? < self.started_at()).then_some(token.seq)
    }

    /// A refusal of the password that leaves its reason open, at a provider of which `holds` is known: likely that.
    /// Words that aren't understood, or a provider whose servers may be others than this one, leave it possible.
    pub fn at_provider(&self, holds: impl Fn(&Provider<'_>) -> bool) -> Option<Claim> {
        let refused = self.sign_in_refused()?;
        let understood = match refused.reason {
            Reason::Plain { understood, .. } => understood,
            Reason::Ambiguous(_) => true,
            _ => return None,
        };
        let in_question = !self.asked().token && self.accepted_elsewhere().is_none();
        let provider = self.provider().filter(|provider| in_question && holds(provider))?;
        let sure = understood && provider.clue != ProviderClue::Exchanger;
        let confidence = if sure { Confidence::Likely } else { Confidence::Possible };
        Some(Claim::of(confidence, refused.step, [refused.seq, provider.seq]))
    }

    /// Who answers on this lane. Where a domain's mail comes in says nothing about that.
    pub fn origin(&self) -> Origin {
        let known = self.provider().filter(|provider| provider.clue != ProviderClue::Exchanger);
        let provider = known.map_or("", |provider| provider.id);
        Origin { provider: provider.to_owned(), host: self.endpoint.host.to_lowercase() }
    }

    /// A cause that an ambiguous refusal leaves: the likeliest of those that nothing else excludes is likely.
    pub fn suspected(&self, cause: Cause) -> Option<Claim> {
        let refused = self.sign_in_refused()?;
        let Reason::Ambiguous(causes) = refused.reason else { return None };
        let mut left = causes.iter().filter(|cause| !self.excluded(**cause));
        let place = left.position(|left| *left == cause)?;
        // A token that had ended, or is another account's, is refused for that.
        let token_tells = self.expired_token().or_else(|| self.foreign_token()).is_some();
        let likely = place == 0 && !token_tells;
        let confidence = if likely { Confidence::Likely } else { Confidence::Possible };
        Some(Claim::of(confidence, refused.step, [refused.seq]))
    }

    /// A password has no consent, a token no app password; and a pair that the other lane accepts is right.
    fn excluded(&self, cause: Cause) -> bool {
        let of_passwords = matches!(
            cause,
            Cause::WrongCredentials
                | Cause::UserNameFormat
                | Cause::AppPasswordRequired
                | Cause::SingleSignOn
        );
        let of_tokens = matches!(cause, Cause::ConsentMissing | Cause::IdentityMismatch);
        let of_the_account = of_passwords || cause == Cause::AccountLocked;
        (self.asked().token && of_passwords)
            || (!self.asked().token && of_tokens)
            || (of_the_account && self.accepted_elsewhere().is_some())
    }
}
