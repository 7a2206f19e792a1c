//! `brand.texts` and `brand.notes`: sentences in the operator's own words, by language and key.

use std::collections::BTreeMap;

use error_model::{Lang, Names, text::is_control};
use serde::{Deserialize, Serialize};

/// Longest text, in characters: a long paragraph.
const LENGTH: usize = 1000;

/// Texts of each language by their keys. Gaps in them are `{product}` and `{site}`; nothing in them is markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnWords {
    /// Japanese.
    pub ja: BTreeMap<String, String>,
    /// English.
    pub en: BTreeMap<String, String>,
}

impl OwnWords {
    /// The texts of one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &BTreeMap<String, String> {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }

    /// No text is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Lang::ALL.into_iter().all(|lang| self.of(lang).is_empty())
    }

    /// What is wrong with a key that isn't one of `keys`, or with a text: its place below `section`, and why.
    pub(super) fn check(&self, section: &str, keys: &[String]) -> Result<(), (String, String)> {
        for lang in Lang::ALL {
            for (key, text) in self.of(lang) {
                let problem = if keys.contains(key) { problem_of(text) } else { Some(unknown(key, keys)) };
                if let Some(problem) = problem {
                    return Err((format!("{section}.{}.{key}", lang.as_str()), problem));
                }
            }
        }
        Ok(())
    }
}

/// Names the key that was probably meant: at most half of its letters differ.
fn unknown(key: &str, keys: &[String]) -> String {
    let near = keys
        .iter()
        .map(|known| (strsim::damerau_levenshtein(key, known), known))
        .filter(|(distance, known)| *distance <= known.chars().count() / 2)
        .min();
    match near {
        Some((_, known)) => format!("unknown; did you mean `{known}`?"),
        None => {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            format!("unknown; there are {}", keys.join(", "))
        }
    }
}

fn problem_of(text: &str) -> Option<String> {
    if text.trim().is_empty() || text.chars().count() > LENGTH {
        return Some(format!("a text of 1 to {LENGTH} characters is needed"));
    }
    if let Some(c) = text.chars().find(|c| is_control(*c)) {
        return Some(format!("a text can't have {c:?} in it"));
    }
    // What remains once the gaps that there are have been filled.
    let rest = Names { product: String::new(), site: String::new() }.put(text);
    match rest.split_once('{').map(|(_, after)| after.split_once('}')) {
        Some(Some((gap, _))) => Some(format!("{{{gap}}} is no gap; {{product}} and {{site}} are")),
        None if !rest.contains('}') => None,
        _ => Some("a brace belongs to {product} or {site}".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use error_model::own_words::{Noted, PAGE_TEXTS};

    use super::*;

    #[test]
    fn the_page_for_operators_lists_every_text_with_what_it_usually_says() {
        const PAGE: &str = include_str!("../../../docs/white-label.md");
        let listed: Vec<(&str, &str)> = PAGE
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
            .filter(|(key, _)| !key.starts_with("brand.") && !key.contains("_"))
            .map(|(key, usual)| (key, usual.trim_end_matches(" |")))
            .collect();
        let there: Vec<(&str, &str)> = PAGE_TEXTS.iter().map(|text| (text.key, text.usual.en)).collect();
        assert_eq!(listed, there);
    }

    #[test]
    fn every_key_that_there_is_can_be_set_to_what_is_usually_said() {
        let usual = PAGE_TEXTS.iter().map(|text| (text.key.to_owned(), text.usual.ja.to_owned()));
        let texts = OwnWords { ja: usual.collect(), en: BTreeMap::new() };
        let keys: Vec<String> = PAGE_TEXTS.iter().map(|text| text.key.to_owned()).collect();
        assert_eq!(texts.check("brand.texts", &keys), Ok(()));
        let keys: Vec<String> = Noted::all().map(Noted::key).collect();
        let notes = keys.iter().map(|key| (key.clone(), "{product} & <b>{site}</b>".to_owned()));
        let notes = OwnWords { ja: BTreeMap::new(), en: notes.collect() };
        assert_eq!(notes.check("brand.notes", &keys), Ok(()));
    }
}
