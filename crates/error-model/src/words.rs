//! Observations in words: what was seen, in one sentence of ours, and the server's own words beside it.
//!
//! The one place where an observation becomes a sentence: page, command line and exports take it from here. Names that
//! a server gave (in certificates, DNS answers, capability lists) appear escaped.

mod certificate;
pub mod comparison;
mod connection;
mod date;
mod dialogue;

use crate::{
    Lang, Security, Str,
    evidence::{ForeignProtocol, Observation, Reply},
    first_sync::Sample,
    strings::{self, form, sight},
    text::escape,
};

pub use certificate::{fault, short_name};
pub use connection::why_dns_failed;
pub use date::{day, moment};
pub use dialogue::smtp_auth_switch;

/// What was seen, in one sentence without a full stop. The server's own words are in [`server_words`].
#[must_use]
pub fn describe(observation: &Observation, lang: Lang) -> String {
    use Observation as O;
    match observation {
        O::HostInvalid { typed, corrected, .. } => match corrected {
            Some(fix) => {
                say(sight::HOST_INVALID_FIX, lang, &[("typed", &escape(typed)), ("fix", &escape(fix))])
            }
            None => say(sight::HOST_INVALID, lang, &[("typed", &escape(typed))]),
        },
        O::DnsAnswer { .. } => connection::dns(observation, lang),
        O::NearName { name, .. } => say(sight::NEAR_NAME, lang, &[("name", &escape(name))]),
        O::AddressDenied { address, class, .. } => connection::denied(*address, *class, lang),
        O::ConnectAttempt { address, port, outcome, .. } => {
            connection::attempt(*address, *port, *outcome, lang)
        }
        O::Greeting { outcome, protocol: foreign, elapsed_ms, .. } => {
            let values = [("protocol", protocol(*foreign, lang)), ("s", &seconds(*elapsed_ms))];
            say(connection::greeting(*outcome), lang, &values)
        }
        O::StartTls { offered, reply, injected } => {
            connection::starttls(*offered, reply.as_ref(), *injected, lang)
        }
        O::TlsHandshake { outcome, .. } => connection::tls(outcome, lang),
        O::CertificateChain { certificates } => certificate::chain(certificates, lang),
        O::CertificateVerdict { host, faults, trusted_root } => {
            certificate::verdict(host, faults, trusted_root.as_deref(), lang)
        }
        O::CertificateName { name, same_address } => {
            let sentence = if *same_address { sight::NAME_SAME } else { sight::NAME_OTHER };
            say(sentence, lang, &[("name", &escape(name))])
        }
        O::Capabilities { inside_tls, tokens, mechanisms, .. } => {
            dialogue::capabilities(*inside_tls, tokens, mechanisms, lang)
        }
        O::SignIn { mechanism, accepted, reply, .. } => dialogue::sign_in(mechanism, *accepted, reply, lang),
        O::SignInSkipped { reason } => dialogue::skipped(*reason).get(lang).to_owned(),
        O::Mailbox { opened, messages, size, .. } => dialogue::mailbox(*opened, *messages, *size, lang),
        O::Reading { read, of, messages, size, octets, elapsed_ms } => {
            let sample = Sample { read: *read, octets: *octets, elapsed_ms: *elapsed_ms };
            dialogue::reading(sample, *of, *messages, *size, lang)
        }
        O::Sender { allowed, .. } => {
            let sentence = if *allowed { sight::SENDER_OK } else { sight::SENDER_REFUSED };
            sentence.get(lang).to_owned()
        }
        O::Dropped { step, reset, .. } => {
            let sentence = if *reset { sight::DROPPED_RESET } else { sight::DROPPED };
            say(sentence, lang, &[("step", strings::step(*step).get(lang))])
        }
        O::TimedOut { step, elapsed_ms } => {
            let values = [("step", strings::step(*step).get(lang)), ("s", &seconds(*elapsed_ms))];
            say(sight::TIMED_OUT, lang, &values)
        }
        O::Unrecognised { step, .. } => {
            say(sight::UNRECOGNISED, lang, &[("step", strings::step(*step).get(lang))])
        }
        O::Alternative { host, port, security: mode, outcome } => {
            let values = [
                ("host", escape(host)),
                ("port", port.to_string()),
                ("security", security(*mode).get(lang).to_owned()),
                ("result", connection::alternative(outcome, lang)),
            ];
            say(sight::TRY, lang, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        O::LegacyTls { version } => say(sight::LEGACY, lang, &[("version", version.as_str())]),
        O::EveryHelloRefused { hellos } => {
            say(sight::EVERY_HELLO_REFUSED, lang, &[("n", &hellos.to_string())])
        }
        O::TlsWithoutName { accepted } => {
            let sentence = if *accepted { sight::WITHOUT_NAME } else { sight::WITHOUT_NAME_NOT };
            sentence.get(lang).to_owned()
        }
        O::Provider { name, name_ja, app_password, oauth_only, off_by_default, overseas_filter, .. } => {
            let name = name_ja.as_ref().filter(|_| lang == Lang::Ja).unwrap_or(name);
            dialogue::provider(name, [*app_password, *oauth_only, *off_by_default, *overseas_filter], lang)
        }
        O::Token { identity, scopes, audience, expires_at, error } => {
            dialogue::token([identity, audience, error].map(Option::as_deref), scopes, *expires_at, lang)
        }
        O::Transcript(said) => dialogue::transcript(said),
    }
}

/// The server's own words in an observation, escaped; `None` where it said nothing. Show them as the server's.
#[must_use]
pub fn server_words(observation: &Observation) -> Option<String> {
    use Observation as O;
    let words = match observation {
        O::Greeting { reply: Some(said), .. }
        | O::StartTls { reply: Some(said), .. }
        | O::Mailbox { reply: said, .. }
        | O::Sender { reply: said, .. } => reply(said),
        O::SignIn { reply: said, challenge, .. } if challenge.is_empty() => reply(said),
        O::SignIn { reply: said, challenge, .. } => format!("{} {challenge}", reply(said)),
        O::Greeting { raw, .. } | O::Unrecognised { raw, .. } => raw.to_string(),
        _ => return None,
    };
    Some(words).filter(|words| !words.is_empty())
}

/// How long what was observed took, in milliseconds, where that was measured.
#[must_use]
pub fn duration_ms(observation: &Observation) -> Option<u64> {
    use Observation as O;
    match observation {
        O::DnsAnswer { elapsed_ms, .. }
        | O::ConnectAttempt { elapsed_ms, .. }
        | O::Greeting { elapsed_ms, .. }
        | O::TlsHandshake { elapsed_ms, .. }
        | O::Reading { elapsed_ms, .. }
        | O::Dropped { elapsed_ms, .. }
        | O::TimedOut { elapsed_ms, .. } => Some(*elapsed_ms),
        _ => None,
    }
}

/// Everything of an observation in one line: the sentence, its duration, the server's words in quotation marks.
#[must_use]
pub fn line(observation: &Observation, lang: Lang) -> String {
    let mut line = describe(observation, lang);
    if let Some(ms) = duration_ms(observation) {
        line.push_str(" (");
        line.push_str(&ms.to_string());
        line.push_str(" ms)");
    }
    if let Some(words) = server_words(observation) {
        line.push_str(" \"");
        line.push_str(&words);
        line.push('"');
    }
    line
}

/// The name of a security mode.
#[must_use]
pub const fn security(security: Security) -> Str {
    match security {
        Security::Tls => form::SECURITY_TLS,
        Security::StartTls => form::SECURITY_STARTTLS,
        Security::Plain => form::SECURITY_PLAIN,
    }
}

/// A reply as the server wrote it, as far as it was kept: code, enhanced status, response code, text; escaped.
#[must_use]
pub fn reply(reply: &Reply) -> String {
    let mut parts = Vec::new();
    if let Some(code) = reply.code {
        parts.push(code.to_string());
    }
    // SMTP's text begins with it as a rule.
    let text = reply.text.to_string();
    if let Some(enhanced) = reply.enhanced.as_ref().filter(|enhanced| !text.starts_with(enhanced.as_str())) {
        parts.push(escape(enhanced));
    }
    if let Some(response) = &reply.response_code {
        parts.push(["[", &escape(response), "]"].concat());
    }
    if !text.is_empty() {
        parts.push(text);
    }
    if let Some(charset) = &reply.charset {
        parts.push(["(", &escape(charset), ")"].concat());
    }
    parts.join(" ")
}

/// Milliseconds as seconds with at most one decimal: `0.4`, `12`.
#[must_use]
pub fn seconds(ms: u64) -> String {
    let tenths = ms.saturating_add(50) / 100;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => [whole.to_string(), tenth.to_string()].join("."),
    }
}

/// The name of a protocol that answered in another's place.
pub(crate) fn protocol(protocol: Option<ForeignProtocol>, lang: Lang) -> &'static str {
    protocol.map_or(sight::UNKNOWN_PROTOCOL.get(lang), ForeignProtocol::as_str)
}

fn say(sentence: Str, lang: Lang, values: &[(&str, &str)]) -> String {
    sentence.fill(lang, values)
}

/// Names in a list, each escaped; after the first `limit` their number.
fn list<'a>(names: impl IntoIterator<Item = &'a str>, limit: usize, lang: Lang) -> String {
    let names: Vec<String> = names.into_iter().map(escape).collect();
    let separator = sight::LIST_SEPARATOR.get(lang);
    let mut out = names[..names.len().min(limit)].join(separator);
    if names.len() > limit {
        let more = (names.len() - limit).to_string();
        out.push_str(separator);
        out.push_str(&say(strings::run::MORE, lang, &[("n", &more)]));
    }
    out
}

#[cfg(test)]
mod tests;
