//! Text for a terminal: styled in few ways, and never with a control that somebody else put into it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use error_model::text::is_control;
use unicode_width::UnicodeWidthStr;

/// How a piece of text looks. Where colours aren't wanted, they are taken off on the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Strong,
    Good,
    Bad,
    Faint,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Faint => Style::new().dimmed(),
        }
    }
}

/// A page of lines under way to the terminal.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// Ends the line that `parts` make.
    pub fn line(&mut self, parts: &[(Look, &str)]) {
        for (look, text) in parts {
            let style = look.style();
            // Nothing that came from elsewhere reaches the terminal but through here.
            write!(self.0, "{style}{}{style:#}", neutral(text)).expect("a string takes any text");
        }
        self.0.push('\n');
    }

    /// Plain lines, each indented.
    pub fn indented(&mut self, text: &str) {
        for line in text.lines() {
            if line.trim().is_empty() {
                self.blank();
            } else {
                self.line(&[(Look::Plain, "  "), (Look::Plain, line)]);
            }
        }
    }

    /// An empty line, unless the last is one.
    pub fn blank(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// The whole page, with its styles.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// `text` with every control as an escape. Backslashes stay: server text was escaped before.
pub(super) fn neutral(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_control(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// `text` filled up with spaces to `width` columns; East Asian characters take two.
pub(super) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_of_others_reaches_the_terminal() {
        let mut page = Page::default();
        page.line(&[(Look::Plain, "CN=\u{1b}]0;owned\u{7}\u{202e}moc\u{9b}2J\r\n")]);
        assert_eq!(page.into_text(), "CN=\\u{1b}]0;owned\\u{7}\\u{202e}moc\\u{9b}2J\\r\\n\n");
    }

    #[test]
    fn columns_line_up_in_both_languages() {
        assert_eq!(padded("証明書", 8), "証明書  ");
        assert_eq!(padded("TLS", 8), "TLS     ");
        assert_eq!(padded("longer than it", 4), "longer than it");
    }
}
