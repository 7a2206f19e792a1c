//! A run to take away: text for the clipboard, Markdown and JSON to download. No secret is in the state that these
//! are made from; the local part of the address is masked.

mod report;

use serde::de::IgnoredAny;

pub use report::{Audience, report};

use crate::run::Run;

/// How text is written into a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For the clipboard: read as it is.
    Plain,
    /// A Markdown file: whatever servers said stays text.
    Markdown,
}

impl Format {
    fn text(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Markdown => {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    if matches!(
                        c,
                        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '!' | '~'
                    ) {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out
            }
        }
    }

    fn heading(self, level: usize, text: &str) -> String {
        match self {
            Self::Plain if level == 1 => format!("{text}\n\n"),
            Self::Plain => format!("\n■ {text}\n"),
            Self::Markdown => format!("\n{} {}\n\n", "#".repeat(level), self.text(text)),
        }
    }

    /// Lines that stay as they are, whatever is in them.
    fn block(self, lines: &str) -> String {
        match self {
            Self::Plain => format!("{lines}\n"),
            Self::Markdown => {
                let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                format!("{fence}text\n{lines}\n{fence}\n")
            }
        }
    }
}

/// `anna@example.com` as `a…@example.com`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            format!("{}…@{domain}", local.chars().next().map(String::from).unwrap_or_default())
        }
        None => format!("{}…", address.chars().next().map(String::from).unwrap_or_default()),
    }
}

/// The whole run as JSON: the question, and every message of the relay word for word.
#[must_use]
pub fn json(run: &Run) -> String {
    let mut asked = run.asked.clone();
    for address in [&mut asked.email, &mut asked.imap_user, &mut asked.smtp_user].into_iter().flatten() {
        *address = masked(address);
    }
    // Plain data with text keys: there is nothing in it that could fail to be written.
    let asked = serde_json::to_string(&asked).unwrap_or_default();
    let messages: Vec<&str> = run
        .messages
        .iter()
        .map(String::as_str)
        .filter(|message| serde_json::from_str::<IgnoredAny>(message).is_ok())
        .collect();
    let (started_at, messages) = (run.started_at, messages.join(",\n"));
    format!("{{\"started_at\":{started_at},\n\"asked\":{asked},\n\"messages\":[\n{messages}\n]}}\n")
}

#[cfg(test)]
mod tests;
