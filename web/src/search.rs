//! Finding an error by what people type or paste. Pure: the index comes from outside.

use error_model::{Code, text::is_control, typed::fold_width};
use serde::Serialize;

use crate::decode::Fields;

/// One thing to be found: an error, or one of its causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The error's code.
    pub code: Code,
    /// The title shown.
    pub title: String,
    /// A line below it.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Titles in every language, which people paste.
    pub titles: Vec<String>,
    /// Further words to be found by.
    pub words: Vec<String>,
}

/// Reads the index as the prerenderer wrote it. `None`: it isn't one.
#[must_use]
pub fn read_index(json: &str) -> Option<Vec<Entry>> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    value.as_array()?.iter().map(|entry| read_entry(Fields::of(entry)?)).collect()
}

fn read_entry(f: Fields<'_>) -> Option<Entry> {
    Some(Entry {
        code: f.word("code")?,
        title: f.text("title")?,
        text: f.text("text")?,
        href: f.text("href")?,
        titles: f.texts("titles"),
        words: f.texts("words"),
    })
}

/// The most results shown.
const LIMIT: usize = 8;

/// The entries that fit the query, the best first.
#[must_use]
pub fn find<'a>(index: &'a [Entry], query: &str) -> Vec<&'a Entry> {
    let query = Query::new(query);
    let mut scored: Vec<(u32, &Entry)> =
        index.iter().map(|entry| (query.score(entry), entry)).filter(|(score, _)| *score > 0).collect();
    let mut best = Vec::new();
    // A few of a few dozen: looking for the next best is less code in the page than sorting them all.
    while best.len() < LIMIT && !scored.is_empty() {
        let (mut at, mut top) = (0, 0);
        for (i, (score, _)) in scored.iter().enumerate() {
            if *score > top {
                (at, top) = (i, *score);
            }
        }
        best.push(scored.remove(at).1);
    }
    best
}

struct Query {
    code: Option<Code>,
    whole: String,
    words: Vec<String>,
}

impl Query {
    fn new(typed: &str) -> Self {
        let words = typed
            .split(|c: char| c.is_whitespace() || matches!(c, '、' | '。' | ',' | '　'))
            .map(normalise)
            .filter(|word| !word.is_empty())
            .collect();
        Self { code: Code::parse(typed), whole: normalise(typed), words }
    }

    fn score(&self, entry: &Entry) -> u32 {
        if self.whole.is_empty() {
            return 0;
        }
        let code = if self.code == Some(entry.code) { 1000 } else { 0 };
        let titles: u32 =
            entry.titles.iter().map(|title| self.against_title(&normalise(title))).max().unwrap_or(0);
        let words: u32 = entry.words.iter().map(|word| self.against_word(&normalise(word))).sum();
        code + titles + words
    }

    /// The title pasted (perhaps with more around it), or a part of it typed.
    fn against_title(&self, title: &str) -> u32 {
        if title.is_empty() {
            0
        } else if self.whole.contains(title) {
            500
        } else if title.contains(&self.whole) && long_enough(&self.whole) {
            120
        } else {
            let hits = self.words.iter().filter(|word| long_enough(word) && title.contains(word.as_str()));
            hits.map(|_| 15).sum()
        }
    }

    fn against_word(&self, word: &str) -> u32 {
        if word == self.whole {
            60
        } else if long_enough(word) && self.whole.contains(word) {
            20
        } else if long_enough(&self.whole) && word.contains(&self.whole) {
            10
        } else if self.words.len() > 1 && self.words.iter().any(|typed| typed == word) {
            8
        } else {
            0
        }
    }
}

/// One Japanese character says something, one or two Latin letters don't.
fn long_enough(text: &str) -> bool {
    text.chars().count() >= 3 || (!text.is_ascii() && text.chars().count() >= 2)
}

/// One form for what looks or sounds the same: half width, lower case, hiragana, no spaces, no punctuation.
fn normalise(text: &str) -> String {
    text.chars()
        .map(fold_width)
        .filter(|c| c.is_alphanumeric() && !is_control(*c))
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
            c => c,
        })
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Vec<Entry> {
        let entry = |code, ja: &str, en: &str, words: &[&str]| Entry {
            code,
            title: en.into(),
            text: String::new(),
            href: String::new(),
            titles: vec![ja.into(), en.into()],
            words: words.iter().map(|w| (*w).into()).collect(),
        };
        vec![
            entry(
                Code::E001,
                "メールサーバーに到達できませんでした",
                "We couldn't reach your email server",
                &["DNS"],
            ),
            entry(
                Code::E006,
                "SSL/TLS証明書のホスト名がメールサーバーのホスト名と一致しません",
                "The certificate's host name doesn't match the mail server",
                &["証明書", "shoumeisho", "certificate", "ホスト名"],
            ),
        ]
    }

    fn first(query: &str) -> Option<Code> {
        find(&index(), query).first().map(|entry| entry.code)
    }

    #[test]
    fn a_code_is_found_in_every_width() {
        for query in ["006", "６", "００６"] {
            assert_eq!(first(query), Some(Code::E006), "{query}");
        }
    }

    #[test]
    fn a_pasted_message_is_found_with_text_around_it() {
        assert_eq!(first("エラー: メールサーバーに到達できませんでした。(再試行)"), Some(Code::E001));
        assert_eq!(first("we couldn’t REACH your email server!"), Some(Code::E001));
    }

    #[test]
    fn words_are_found_in_kana_kanji_and_romaji() {
        for query in ["証明書", "ほすと名", "Shoumeisho", "ＣＥＲＴＩＦＩＣＡＴＥ", "certif"]
        {
            assert_eq!(first(query), Some(Code::E006), "{query}");
        }
    }

    #[test]
    fn the_index_reads_as_it_was_written() {
        let json = serde_json::to_string(&index()).unwrap();
        assert_eq!(read_index(&json), Some(index()));
        assert_eq!(read_index("{}"), None);
    }

    #[test]
    fn nothing_fits_nonsense() {
        for query in ["", "   ", "zzzz", "。、"] {
            assert_eq!(first(query), None, "{query:?}");
        }
    }
}
