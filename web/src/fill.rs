//! Sentences of ours with the names of the product and the tool, and other values, in their gaps.

use std::sync::OnceLock;

use error_model::{Lang, Names, Str};

static NAMES: OnceLock<Names> = OnceLock::new();

/// Names the product and the tool, once and before the first sentence is said. Otherwise they have their usual names.
pub fn set_names(names: Names) {
    // The first one stays.
    let _ = NAMES.set(names);
}

fn names() -> &'static Names {
    NAMES.get_or_init(Names::default)
}

/// The sentence in a language.
#[must_use]
pub fn say(sentence: Str, lang: Lang) -> String {
    fill(sentence, lang, &[])
}

/// The sentence with its gaps filled by name.
#[must_use]
pub fn fill(sentence: Str, lang: Lang, values: &[(&str, &str)]) -> String {
    sentence.fill(lang, &[&names().values(), values].concat())
}

/// Any other text of ours with the names in their places.
#[must_use]
pub fn with_names(text: &str) -> String {
    names().put(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_stand_beside_other_values() {
        let sentence = Str { ja: "{product}の{code}", en: "{code} of {product} in {site}" };
        assert_eq!(fill(sentence, Lang::Ja, &[("code", "006")]), "Zendesk Sellの006");
        assert_eq!(say(sentence, Lang::En), "{code} of Zendesk Sell in mailtriage");
    }
}
