//! Capabilities, sign-in, mailbox, provider and transcript in words.

use super::{list, say};
use crate::{
    Lang, Str,
    evidence::{Reply, SignInSkip, Transcript, TranscriptSide},
    first_sync::{self, Estimate, Sample},
    strings::sight,
    text::escape,
    view::{MANY_BYTES, MANY_MESSAGES},
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
        SignInSkip::Budget => sight::SKIP_BUDGET,
        SignInSkip::NotIssued => sight::SKIP_NOT_ISSUED,
    }
}

pub(super) fn sign_in(mechanism: &str, accepted: bool, reply: &Reply, lang: Lang) -> String {
    let sentence = if accepted { sight::SIGNED_IN } else { sight::SIGN_IN_REFUSED };
    let told = say(sentence, lang, &[("mechanism", &escape(mechanism))]);
    joined([Some(told), smtp_auth_switch(reply).map(|words| words.get(lang).to_owned())], lang)
}

/// Which of its two switches for authenticated SMTP is off, where Microsoft 365 says it.
pub fn smtp_auth_switch(reply: &Reply) -> Option<Str> {
    let said = reply.text.lowercase();
    let switches = [("tenant", sight::SMTP_AUTH_TENANT), ("mailbox", sight::SMTP_AUTH_MAILBOX)];
    let named = switches.into_iter().find(|(name, _)| said.contains(name));
    named.filter(|_| said.contains("smtpclientauthentication")).map(|(_, words)| words)
}

pub(super) fn mailbox(opened: bool, messages: Option<u32>, size: Option<u64>, lang: Lang) -> String {
    let n = match (opened, messages) {
        (true, Some(n)) => n,
        (true, None) => return sight::MAILBOX_OPEN.get(lang).to_owned(),
        (false, _) => return sight::MAILBOX_CLOSED.get(lang).to_owned(),
    };
    let told = match size {
        Some(bytes) => {
            let size = [("n", n.to_string()), ("size", megabytes(bytes))];
            say(sight::MAILBOX_OPEN_SIZE, lang, &size.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        None => say(sight::MAILBOX_OPEN_COUNT, lang, &[("n", &n.to_string())]),
    };
    let bytes = size.unwrap_or_default();
    let long = n >= MANY_MESSAGES || bytes >= MANY_BYTES;
    let estimate = long.then(|| estimate(sight::MAILBOX_ESTIMATE, first_sync::usual(n, bytes), lang));
    joined([Some(told), estimate], lang)
}

/// How fast mail came, and what that means for `messages` of them.
pub(super) fn reading(sample: Sample, of: u32, messages: u32, size: Option<u64>, lang: Lang) -> String {
    let Some(pace) = sample.pace() else {
        return say(sight::READING_NONE, lang, &[("s", &super::seconds(sample.elapsed_ms))]);
    };
    let values = [("n", &*sample.read.to_string()), ("of", &of.to_string()), ("rate", &super::seconds(pace))];
    let estimated = first_sync::measured(messages, size.unwrap_or_default(), sample);
    let estimate = estimated.map(|times| estimate(sight::READING_ESTIMATE, times, lang));
    joined([Some(say(sight::READING, lang, &values)), estimate], lang)
}

fn estimate(sentence: Str, times: Estimate, lang: Lang) -> String {
    say(sentence, lang, &[("fast", &duration(times.fast, lang)), ("slow", &duration(times.slow, lang))])
}

/// Bytes in megabytes, or in gigabytes with one digit from one on.
fn megabytes(bytes: u64) -> String {
    match bytes {
        ..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// Seconds in whole minutes, or in whole hours from two hours on; rounded up.
fn duration(seconds: u64, lang: Lang) -> String {
    let (unit, n) = match seconds.div_ceil(60).max(1) {
        minutes @ ..120 => (sight::MINUTES, minutes),
        minutes => (sight::HOURS, minutes.div_ceil(60)),
    };
    say(unit, lang, &[("n", &n.to_string())])
}

/// `needs`: an app password, OAuth, IMAP switched on, a way round its filter.
pub(super) fn provider(name: &str, needs: [bool; 4], lang: Lang) -> String {
    let words =
        [sight::PROVIDER_APP_PASSWORD, sight::PROVIDER_OAUTH, sight::PROVIDER_OFF, sight::PROVIDER_OVERSEAS];
    let needs = needs.into_iter().zip(words).filter(|(holds, _)| *holds);
    let needs = needs.map(|(_, words)| Some(words.get(lang).to_owned()));
    joined(std::iter::once(Some(say(sight::PROVIDER, lang, &[("name", &escape(name))]))).chain(needs), lang)
}

pub(super) fn token(
    [identity, audience, error]: [Option<&str>; 3],
    scopes: &[String],
    expires_at: Option<i64>,
    lang: Lang,
) -> String {
    let told = |sentence: Str, value: &str| say(sentence, lang, &[("value", value)]);
    let quoted = |sentence: Str, value: Option<&str>| value.map(|value| told(sentence, &escape(value)));
    let scopes = (!scopes.is_empty())
        .then(|| told(sight::TOKEN_SCOPES, &list(scopes.iter().map(String::as_str), TOKENS, lang)));
    let parts = [
        quoted(sight::TOKEN, identity),
        scopes,
        quoted(sight::TOKEN_AUDIENCE, audience),
        expires_at.map(|moment| told(sight::TOKEN_EXPIRES, &super::moment(moment))),
        quoted(sight::TOKEN_ERROR, error),
    ];
    joined(parts, lang)
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, lang: Lang) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(sight::LIST_SEPARATOR.get(lang))
}

/// One line of the conversation: `C:` is ours, `S:` the server's.
pub(super) fn transcript(said: &Transcript) -> String {
    let side = match said.side {
        TranscriptSide::Client => "C: ",
        TranscriptSide::Server => "S: ",
    };
    [side, &said.text.to_string()].concat()
}
