//! Sentences with gaps: `{name}` is replaced by a value.

use error_model::{Lang, Str};

/// The product that the mailbox is to be connected to.
pub const PRODUCT: &str = "Zendesk Sell";

/// The sentence in a language, with the product's name in its place.
#[must_use]
pub fn say(sentence: Str, lang: Lang) -> String {
    with_product(sentence.get(lang))
}

/// Any text of ours with the product's name in its place.
#[must_use]
pub fn with_product(text: &str) -> String {
    text.replace("{product}", PRODUCT)
}

/// The sentence with its gaps filled, in one pass: a value that looks like a gap stays as it is.
#[must_use]
pub fn fill(sentence: Str, lang: Lang, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = sentence.get(lang);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None if name == "product" => out.push_str(PRODUCT),
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

    const SENTENCE: Str = Str { ja: "{host}の{port}番、{product}", en: "{host}, port {port}, {product}" };

    #[test]
    fn gaps_are_filled_by_name() {
        let values = [("port", "993"), ("host", "imap.example.com")];
        assert_eq!(fill(SENTENCE, Lang::En, &values), "imap.example.com, port 993, Zendesk Sell");
        assert_eq!(fill(SENTENCE, Lang::Ja, &values), "imap.example.comの993番、Zendesk Sell");
    }

    #[test]
    fn a_value_that_looks_like_a_gap_stays_as_it_is() {
        let values = [("host", "{port}"), ("port", "1")];
        assert_eq!(fill(SENTENCE, Lang::En, &values), "{port}, port 1, Zendesk Sell");
    }

    #[test]
    fn a_gap_without_a_value_stays_visible() {
        assert_eq!(fill(SENTENCE, Lang::En, &[]), "{host}, port {port}, Zendesk Sell");
    }
}
