//! Which cases the list shows.

/// What is asked for; an empty text asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    values: Vec<(&'static str, String)>,
}

/// The inputs of the filter by their `id`s, each with the name that the relay has for it.
pub const FILTERS: [(&str, &str); 7] = [
    ("filter-q", "q"),
    ("filter-state", "state"),
    ("filter-code", "code"),
    ("filter-cause", "cause"),
    ("filter-host", "host"),
    ("filter-since", "since"),
    ("filter-until", "until"),
];

impl Filter {
    /// Asks for this value of an input. A text that is no input of the filter changes nothing; `true`: something changed.
    pub fn set(&mut self, id: &str, value: &str) -> bool {
        let Some((_, name)) = FILTERS.into_iter().find(|(known, _)| *known == id) else { return false };
        let value = value.trim();
        let before = self.values.iter().find(|(known, _)| *known == name);
        if before.map_or("", |(_, before)| before) == value {
            return false;
        }
        self.values.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            self.values.push((name, value.to_owned()));
        }
        true
    }

    /// Names and values for the relay.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_input_asks_for_nothing() {
        let mut filter = Filter::default();
        assert!(filter.set("filter-q", " 4711 ") && filter.set("filter-state", "joined"));
        assert!(!filter.set("filter-q", "4711") && !filter.set("note", "x"));
        assert_eq!(filter.pairs().collect::<Vec<_>>(), [("q", "4711"), ("state", "joined")]);
        filter.set("filter-q", "");
        assert_eq!(filter.pairs().collect::<Vec<_>>(), [("state", "joined")]);
    }
}
