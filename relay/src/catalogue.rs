//! The catalogue as data: what `/api/v1/catalogue` and `explain --json` answer.

use error_model::{
    Cause, Code, Lang,
    texts::{Section, Text},
};
use serde::Serialize;

use crate::names::names;

/// All codes and causes in one language.
#[derive(Debug, Serialize)]
pub struct Catalogue {
    lang: Lang,
    codes: Vec<CodeEntry>,
    causes: Vec<CauseEntry>,
}

impl Catalogue {
    /// The whole catalogue, in its own order.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let codes = Code::FAULTS.into_iter().chain([Code::Ok]);
        Self {
            lang,
            codes: codes.map(|code| CodeEntry::new(code, lang)).collect(),
            causes: Cause::ALL.iter().map(|cause| CauseEntry::new(*cause, lang)).collect(),
        }
    }
}

/// A code and what people read about it; texts are Markdown.
#[derive(Debug, Serialize)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// The message that the product shows.
    pub title: String,
    /// What it means, in one sentence.
    pub sentence: String,
    /// More of it.
    pub explanation: String,
    /// What most people can try at once.
    pub first: String,
    /// Its causes.
    pub causes: Vec<Cause>,
}

impl CodeEntry {
    /// The entry in one language.
    #[must_use]
    pub fn new(code: Code, lang: Lang) -> Self {
        let text = code.texts().get(lang);
        Self {
            code,
            title: worded(text.title()),
            sentence: worded(text.sentence()),
            explanation: worded(text.explanation()),
            first: section(text, Section::First),
            causes: Cause::of(code).collect(),
        }
    }
}

/// A cause and what people read about it; texts are Markdown.
#[derive(Debug, Serialize)]
pub struct CauseEntry {
    /// The cause.
    pub cause: Cause,
    /// The code that it belongs to.
    pub code: Code,
    /// Its title.
    pub title: String,
    /// The cause in one sentence.
    pub sentence: String,
    /// More of it.
    pub explanation: String,
    /// Steps for the person.
    pub person: String,
    /// Steps for the mail administrator.
    pub it: String,
    /// What the provider has to do.
    pub provider: String,
    /// What to send to support.
    pub support: String,
}

impl CauseEntry {
    /// The entry in one language.
    #[must_use]
    pub fn new(cause: Cause, lang: Lang) -> Self {
        let text = cause.texts().get(lang);
        Self {
            cause,
            code: cause.code(),
            title: worded(text.title()),
            sentence: worded(text.sentence()),
            explanation: worded(text.explanation()),
            person: section(text, Section::Person),
            it: section(text, Section::It),
            provider: section(text, Section::Provider),
            support: section(text, Section::Support),
        }
    }
}

fn section(text: Text, section: Section) -> String {
    worded(text.section(section))
}

/// A text of the catalogue, or a sentence, with the names in their places.
pub(crate) fn worded(text: &str) -> String {
    names().put(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_has_a_hole_where_a_name_belongs() {
        for lang in Lang::ALL {
            let json = serde_json::to_string(&Catalogue::new(lang)).unwrap();
            assert!(!json.contains("{product}") && !json.contains("{site}"), "{lang:?}");
        }
    }

    #[test]
    fn the_catalogue_has_every_code_and_cause() {
        let json = serde_json::to_value(Catalogue::new(Lang::Ja)).unwrap();
        assert_eq!(json["lang"], "ja");
        assert_eq!(json["codes"].as_array().unwrap().len(), Code::FAULTS.len() + 1);
        assert_eq!(json["causes"].as_array().unwrap().len(), Cause::ALL.len());
    }
}
