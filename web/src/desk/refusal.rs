//! Why the relay said no, in the page's language: its own words are English.

use error_model::{
    Lang,
    strings::desk::{
        CASE_CLOSED, EMPTY_OR_LONG, NO_AGENT, NO_CASE, NOT_YOURS, REFUSED, STORE_AWAY, TOO_OFTEN,
    },
};

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// What it's about.
    pub field: String,
    /// The relay's own words.
    pub message: String,
}

impl Refusal {
    /// What it says to people, with the status of the answer.
    #[must_use]
    pub fn words(&self, status: u16, lang: Lang) -> String {
        let known = match (status, self.field.as_str()) {
            (400, "kind") => CASE_CLOSED,
            (400, "to") => NO_AGENT,
            (400, "ticket" | "value" | "text" | "email" | "host") => EMPTY_OR_LONG,
            (403, "kind") => NOT_YOURS,
            (404, "case") => NO_CASE,
            (429, _) => TOO_OFTEN,
            (503, _) => STORE_AWAY,
            _ => return [REFUSED.get(lang), " ", &self.message].concat(),
        };
        known.get(lang).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_words_here_is_said_in_the_relays_own() {
        let refusal = |field: &str| Refusal { field: field.to_owned(), message: "`x` is odd.".to_owned() };
        assert_eq!(refusal("to").words(400, Lang::Ja), NO_AGENT.ja);
        assert_eq!(refusal("kind").words(403, Lang::En), NOT_YOURS.en);
        assert_eq!(refusal("x").words(429, Lang::En), TOO_OFTEN.en);
        assert_eq!(refusal("x").words(400, Lang::Ja), format!("{} `x` is odd.", REFUSED.ja));
    }
}
