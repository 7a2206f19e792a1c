//! Sentences of ours with the product's name and other values in their gaps.

use error_model::{Lang, Str};

/// The product that the mailbox is to be connected to.
pub const PRODUCT: &str = "Zendesk Sell";

/// The sentence in a language.
#[must_use]
pub fn say(sentence: Str, lang: Lang) -> String {
    fill(sentence, lang, &[])
}

/// The sentence with its gaps filled by name.
#[must_use]
pub fn fill(sentence: Str, lang: Lang, values: &[(&str, &str)]) -> String {
    let mut all = vec![("product", PRODUCT)];
    all.extend_from_slice(values);
    sentence.fill(lang, &all)
}

/// Any other text of ours with the product's name in its place.
#[must_use]
pub fn with_product(text: &str) -> String {
    text.replace("{product}", PRODUCT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_is_named_beside_other_values() {
        let sentence = Str { ja: "{product}の{code}", en: "{code} of {product}" };
        assert_eq!(fill(sentence, Lang::Ja, &[("code", "006")]), "Zendesk Sellの006");
        assert_eq!(say(sentence, Lang::En), "{code} of Zendesk Sell");
    }
}
