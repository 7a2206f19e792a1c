//! Addresses and user names as agents see them: without the local part, until the customer shows it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::CaseSettings;
use crate::wire::{ProbeRequest, RelayMessage};

/// What stands for a hidden local part.
const VEIL: &str = "•••";

/// An address or user name that may be shown: it was masked, or its owner said yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// An address that its owner chose to show.
    #[must_use]
    pub fn shown_by_owner(address: &str) -> Self {
        Self(address.trim().to_owned())
    }

    /// The text to show.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `anna@example.com` as `•••@example.com`; a name without a domain as `•••`.
#[must_use]
pub fn mask_address(address: &str) -> Masked {
    let domain = address.rsplit_once('@').map(|(_, domain)| format!("@{domain}"));
    Masked(format!("{VEIL}{}", domain.unwrap_or_default()))
}

/// Hides the names of one customer in whatever is shared, or, after their consent, nothing.
#[derive(Debug, Clone, Default)]
pub struct Veil {
    shown: bool,
    /// What is to be hidden, lower case.
    hidden: Vec<String>,
}

impl Veil {
    /// For a run with these settings. `shown`: the customer agreed to show the address.
    #[must_use]
    pub fn of(request: &ProbeRequest, shown: bool) -> Self {
        let names = [&request.email, &request.user, &request.smtp_user];
        let names = names.into_iter().flatten().map(|name| name.trim());
        let mut hidden: Vec<String> = Vec::new();
        for name in names.filter(|name| !name.is_empty()) {
            // Whole addresses are hidden whosever they are; here it's about names that stand alone.
            let local = name.rsplit_once('@').map_or(name, |(local, _)| local);
            hidden.push(local.to_lowercase());
        }
        // The longest first: what is left of one must not be looked for in another.
        hidden.sort_by_key(|name| std::cmp::Reverse(name.len()));
        hidden.dedup();
        Self { shown, hidden }
    }

    /// A name as it may be shown.
    #[must_use]
    pub fn name(&self, name: &str) -> Masked {
        if self.shown { Masked(name.trim().to_owned()) } else { mask_address(name.trim()) }
    }

    /// The settings of a run as they may be shown. Secrets have no place in the result.
    #[must_use]
    pub fn settings(&self, request: &ProbeRequest) -> CaseSettings {
        let name = |name: &Option<String>| name.as_deref().map(|name| self.name(name));
        CaseSettings {
            email: name(&request.email),
            imap: request.imap.clone(),
            smtp: request.smtp.clone(),
            user: name(&request.user),
            smtp_user: name(&request.smtp_user),
        }
    }

    /// A message of a run with the customer's names hidden, wherever a server or the person put them.
    #[must_use]
    pub fn message(&self, message: &RelayMessage) -> Option<RelayMessage> {
        let mut value = serde_json::to_value(message).ok()?;
        if !self.shown {
            self.walk(&mut value);
        }
        serde_json::from_value(value).ok()
    }

    fn walk(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(hidden) = self.hide(text) {
                    *text = hidden;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.walk(field)),
            _ => {}
        }
    }

    /// `None` where there's nothing to hide.
    fn hide(&self, text: &str) -> Option<String> {
        let mut result = hide_addresses(text);
        for name in &self.hidden {
            let seen = result.as_deref().unwrap_or(text);
            if let Some(hidden) = veil(seen, name) {
                result = Some(hidden);
            }
        }
        result
    }
}

/// Hides the local part of everything that looks like an address, whosever it is.
fn hide_addresses(text: &str) -> Option<String> {
    let local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices('@') {
        let followed = text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '[');
        let start = text[copied..at].rfind(|c| !local(c)).map_or(copied, |last| {
            copied + last + text[copied + last..].chars().next().map_or(0, char::len_utf8)
        });
        if followed && start < at {
            out.push_str(&text[copied..start]);
            out.push_str(VEIL);
            copied = at;
        }
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// Hides `name`, in any case of its letters, where it's a word of its own. Labels of a host name aren't: hiding `mail` must
/// leave `mail.example.com` as it is.
fn veil(text: &str, name: &str) -> Option<String> {
    // Lower case letters may be longer than their capitals: then places wouldn't fit, and comparing goes letter by letter.
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if let Some(length) = starts_with(&text[at..], name)
            && is_apart(text[..at].chars().next_back(), text[at + length..].chars())
        {
            out.push_str(&text[copied..at]);
            out.push_str(VEIL);
            at += length;
            copied = at;
        } else {
            at += first.len_utf8();
        }
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// The length of what stands at the start of `text` and equals `name`, which is lower case.
fn starts_with(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut length = 0;
    for c in text.chars() {
        if wanted.as_str().is_empty() {
            break;
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        length += c.len_utf8();
    }
    wanted.as_str().is_empty().then_some(length)
}

fn is_apart(before: Option<char>, mut after: std::str::Chars<'_>) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let starts = !before.is_some_and(|c| word(c) || c == '.');
    match after.next() {
        Some('.') => starts && !after.next().is_some_and(word),
        Some(c) => starts && !word(c),
        None => starts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Lane, Observed, ServerText,
        evidence::{Observation, Transcript, TranscriptSide},
    };

    fn request() -> ProbeRequest {
        let json = r#"{"email":"Mail.Anna@example.com","user":"anna","password":"secret"}"#;
        serde_json::from_str(json).unwrap()
    }

    fn said(text: &str) -> RelayMessage {
        let transcript = Transcript { side: TranscriptSide::Server, text: ServerText::new(text.as_bytes()) };
        let observation = Observation::Transcript(transcript);
        RelayMessage::Evidence(Observed { seq: 1, at_ms: 2, lane: Lane::Imap, observation })
    }

    #[test]
    fn a_server_that_repeats_the_address_does_not_show_it() {
        let veil = Veil::of(&request(), false);
        for (heard, shown) in [
            ("NO mail.anna@EXAMPLE.com failed", "NO •••@EXAMPLE.com failed"),
            ("535 user <anna> unknown", "535 user <•••> unknown"),
            ("Hello ANNA.", "Hello •••."),
            (
                "OK annabelle.example.com and anna.example.com",
                "OK annabelle.example.com and anna.example.com",
            ),
            ("mail.anna", "•••"),
            ("otto+x@other.example, é@b.example, a @ b, @c", "•••@other.example, •••@b.example, a @ b, @c"),
        ] {
            let message = veil.message(&said(heard)).unwrap();
            assert_eq!(message, said(shown), "{heard}");
        }
    }

    #[test]
    fn consent_shows_the_address_and_never_the_password() {
        let veil = Veil::of(&request(), true);
        assert_eq!(veil.message(&said("hello anna")).unwrap(), said("hello anna"));
        let settings = veil.settings(&request());
        assert_eq!(settings.email.as_ref().map(Masked::as_str), Some("Mail.Anna@example.com"));
        assert!(!serde_json::to_string(&settings).unwrap().contains("secret"));
    }

    #[test]
    fn settings_are_masked_without_consent() {
        let settings = Veil::of(&request(), false).settings(&request());
        assert_eq!(settings.email.as_ref().map(Masked::as_str), Some("•••@example.com"));
        assert_eq!(settings.user.as_ref().map(Masked::as_str), Some("•••"));
    }
}
