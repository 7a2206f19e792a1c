//! The two languages of every sentence.

use serde::{Deserialize, Serialize};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The language tag (BCP 47): `ja` or `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// Reads a language tag or a locale: `ja`, `ja-JP`, `ja_JP.UTF-8`. `None` for other languages.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next()?;
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.as_str()))
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Str {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Str {
    /// The sentence in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }

    /// The sentence with its gaps (`{name}`) filled in one pass: a value that looks like a gap stays as it is, and so
    /// does a gap without a value.
    #[must_use]
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        fill(self.get(lang), values)
    }
}

/// Any sentence with its gaps filled as [`Str::fill`] does it.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: Str = Str { ja: "{host}の{port}番", en: "{host}, port {port}" };

    #[test]
    fn gaps_are_filled_by_name_in_both_languages() {
        let values = [("port", "993"), ("host", "imap.example.com")];
        assert_eq!(SENTENCE.fill(Lang::En, &values), "imap.example.com, port 993");
        assert_eq!(SENTENCE.fill(Lang::Ja, &values), "imap.example.comの993番");
    }

    #[test]
    fn a_value_that_looks_like_a_gap_stays_as_it_is() {
        assert_eq!(SENTENCE.fill(Lang::En, &[("host", "{port}"), ("port", "1")]), "{port}, port 1");
    }

    #[test]
    fn a_gap_without_a_value_stays_visible() {
        assert_eq!(SENTENCE.fill(Lang::En, &[("port", "1")]), "{host}, port 1");
    }
}
