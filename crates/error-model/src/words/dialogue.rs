//! Capabilities, sign-in, mailbox, provider and transcript in words.

use super::{list, say};
use crate::{
    Lang, Str,
    evidence::{SignInSkip, Transcript, TranscriptSide},
    strings::sight,
    text::escape,
};

/// Most capability names told of one list.
const TOKENS: usize = 40;

pub(super) fn capabilities(inside_tls: bool, tokens: &[String], mechanisms: &[String], lang: Lang) -> String {
    let sentence = if inside_tls { sight::CAPABILITIES } else { sight::CAPABILITIES_CLEAR };
    let tokens = list(tokens.iter().map(String::as_str), TOKENS, lang);
    let mut text = say(sentence, lang, &[("list", &tokens)]);
    text.push_str(sight::LIST_SEPARATOR.get(lang));
    if mechanisms.is_empty() {
        text.push_str(sight::NO_MECHANISMS.get(lang));
    } else {
        let mechanisms = list(mechanisms.iter().map(String::as_str), TOKENS, lang);
        text.push_str(&say(sight::MECHANISMS, lang, &[("list", &mechanisms)]));
    }
    text
}

pub(super) const fn skipped(reason: SignInSkip) -> Str {
    match reason {
        SignInSkip::NoSecret => sight::SKIP_NO_SECRET,
        SignInSkip::NotEncrypted => sight::SKIP_NOT_ENCRYPTED,
        SignInSkip::CertificateNotClean => sight::SKIP_NOT_CLEAN,
        SignInSkip::NoMechanism => sight::SKIP_NO_MECHANISM,
        SignInSkip::Unsendable => sight::SKIP_UNSENDABLE,
    }
}

pub(super) fn mailbox(opened: bool, messages: Option<u32>, lang: Lang) -> String {
    match (opened, messages) {
        (true, Some(n)) => say(sight::MAILBOX_OPEN_COUNT, lang, &[("n", &n.to_string())]),
        (true, None) => sight::MAILBOX_OPEN.get(lang).to_owned(),
        (false, _) => sight::MAILBOX_CLOSED.get(lang).to_owned(),
    }
}

pub(super) fn provider(name: &str, app_password: bool, oauth_only: bool, lang: Lang) -> String {
    let mut text = say(sight::PROVIDER, lang, &[("name", &escape(name))]);
    for (holds, words) in [(app_password, sight::PROVIDER_APP_PASSWORD), (oauth_only, sight::PROVIDER_OAUTH)]
    {
        if holds {
            text.push_str(sight::LIST_SEPARATOR.get(lang));
            text.push_str(words.get(lang));
        }
    }
    text
}

pub(super) fn token(identity: Option<&str>, error: Option<&str>, lang: Lang) -> String {
    let told = |sentence: Str, value: &str| say(sentence, lang, &[("value", &escape(value))]);
    match (identity, error) {
        (Some(identity), Some(error)) => {
            let separator = sight::LIST_SEPARATOR.get(lang);
            [told(sight::TOKEN, identity), told(sight::TOKEN_ERROR, error)].join(separator)
        }
        (None, Some(error)) => told(sight::TOKEN_ERROR, error),
        (identity, None) => told(sight::TOKEN, identity.unwrap_or_else(|| sight::UNKNOWN_PROTOCOL.get(lang))),
    }
}

/// One line of the conversation: `C:` is ours, `S:` the server's.
pub(super) fn transcript(said: &Transcript) -> String {
    let side = match said.side {
        TranscriptSide::Client => "C: ",
        TranscriptSide::Server => "S: ",
    };
    [side, &said.text.to_string()].concat()
}
