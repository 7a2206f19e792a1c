//! A run to take away: text for the clipboard, Markdown and JSON to download. No secret is in the state that these
//! are made from; the account's names are masked.

mod privacy;
mod report;

use error_model::text::is_control;
use serde_json::Value;

pub use report::{Audience, report};

use self::privacy::Mask;
use crate::run::Run;

/// How text is written into a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For the clipboard: read as it is.
    Plain,
    /// A Markdown file: whatever servers said stays text.
    Markdown,
}

/// Writes pieces of text in a format, with the account's names masked.
struct Pen {
    format: Format,
    mask: Mask,
}

impl Pen {
    /// One line of text, without its end.
    fn text(&self, text: &str) -> String {
        let text: String =
            self.mask.apply(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match self.format {
            Format::Plain => text,
            Format::Markdown => inline(&text),
        }
    }

    fn item(&self, depth: usize, text: &str) -> String {
        format!("{}- {}\n", "  ".repeat(depth), self.text(text))
    }

    fn heading(&self, level: usize, text: &str) -> String {
        match self.format {
            Format::Plain if level == 1 => format!("{text}\n\n"),
            Format::Plain => format!("\n■ {text}\n"),
            Format::Markdown => format!("\n{} {}\n\n", "#".repeat(level), self.text(text)),
        }
    }

    /// Lines that stay as they are, whatever is in them.
    fn block(&self, lines: &str) -> String {
        let lines = self.mask.apply(lines);
        match self.format {
            Format::Plain => format!("{lines}\n"),
            Format::Markdown => {
                let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                format!("\n{fence}text\n{lines}\n{fence}\n\n")
            }
        }
    }
}

/// Text with everything escaped that Markdown (CommonMark and GitHub's) would act on, bare addresses included.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let (before, rest) = (&text[..at], &text[at..]);
        let active = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' | '$' | '@' => true,
            ':' => rest.starts_with("://"),
            '.' => before.len() >= 3 && before.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if active {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The whole run as JSON: the question, and every message of the relay word for word.
#[must_use]
pub fn json(run: &Run) -> String {
    // Plain data with text keys: there is nothing in it that could fail to be written.
    let asked = serde_json::to_string(&run.asked).unwrap_or_default();
    let messages: Vec<&str> = run
        .messages
        .iter()
        .map(String::as_str)
        .filter(|message| serde_json::from_str::<Value>(message).is_ok())
        .collect();
    let (started_at, messages) = (run.started_at, messages.join(",\n"));
    let whole =
        format!("{{\"started_at\":{started_at},\n\"asked\":{asked},\n\"messages\":[\n{messages}\n]}}\n");
    visible(&Mask::new(&run.asked).apply(&whole))
}

/// JSON with the controls in its strings as escapes; those below U+0020 are escaped in any JSON.
fn visible(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c > '\u{7e}' && is_control(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
