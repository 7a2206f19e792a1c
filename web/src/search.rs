//! Finding an error by what people type or paste. Pure: the index comes from outside.
//!
//! The index knows its words: each with a weight (a rare one says more) and, where it can be heard, its sound. A query is
//! cut into words too, and each looks for its like among them: the same, a part, the same sound, or one slip of the
//! keyboard away. Whole messages are compared as phrases besides.

mod query;
pub mod text;

use error_model::Code;
use serde::Serialize;

use crate::decode::Fields;
pub use query::find;

/// Everything that can be found, as the prerenderer wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// The words of all entries, as [`text::words`] cuts them.
    pub words: Vec<String>,
    /// How much each word says: 1 for one that stands everywhere.
    pub weights: Vec<u32>,
    /// Readings and sounds of words, as [`text::sound`] writes them, each with the word's place.
    pub sounds: Vec<(String, usize)>,
    /// What is to be found.
    pub entries: Vec<Entry>,
}

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
    /// The words of its title, in each language.
    pub titles: Vec<Vec<usize>>,
    /// Messages and expressions it's found by, as [`text::run_together`] writes them. Titles come first.
    pub phrases: Vec<String>,
    /// Words it's found by.
    pub strong: Vec<usize>,
    /// Words that also stand in its text.
    pub weak: Vec<usize>,
}

/// Reads the index as the prerenderer wrote it. `None`: it isn't one.
#[must_use]
pub fn read_index(json: &str) -> Option<Index> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let f = Fields::of(&value)?;
    let index = Index {
        words: f.texts("words"),
        weights: f.list("weights", |weight| u32::try_from(weight.as_u64()?).ok()),
        sounds: f.list("sounds", |pair| Some((pair.get(0)?.as_str()?.to_owned(), place(pair.get(1)?)?))),
        entries: f.list("entries", |entry| read_entry(Fields::of(entry)?)),
    };
    (index.weights.len() == index.words.len() && !index.entries.is_empty()).then_some(index)
}

fn read_entry(f: Fields<'_>) -> Option<Entry> {
    Some(Entry {
        code: f.word("code")?,
        title: f.text("title")?,
        text: f.text("text")?,
        href: f.text("href")?,
        titles: f.list("titles", |title| title.as_array()?.iter().map(place).collect()),
        phrases: f.texts("phrases"),
        strong: f.list("strong", place),
        weak: f.list("weak", place),
    })
}

fn place(value: &serde_json::Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

impl Entry {
    /// An error itself, not one of its causes.
    fn is_error(&self) -> bool {
        !self.href.contains('#')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_reads_as_it_was_written() {
        let entry = Entry {
            code: Code::E006,
            title: "t".into(),
            text: "x".into(),
            href: "/en/errors/006".into(),
            titles: vec![vec![0], vec![]],
            phrases: vec!["hostname".into()],
            strong: vec![0],
            weak: vec![],
        };
        let index = Index {
            words: vec!["host".into()],
            weights: vec![3],
            sounds: vec![("hosuto".into(), 0)],
            entries: vec![entry],
        };
        assert_eq!(read_index(&serde_json::to_string(&index).unwrap()), Some(index));
        assert_eq!(read_index("{}"), None);
        assert_eq!(read_index("[]"), None);
    }
}
