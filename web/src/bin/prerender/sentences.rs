//! The sentences that the check takes from its page: about the code that the person saw, where the test came from, and why
//! there was none.

use error_model::{
    Code, Lang, Relation, Why,
    strings::{reported, run},
};
use web::{
    fill::with_names,
    remarks::{FROM, REASONS},
    trouble::{GAP, PROVING, TROUBLES},
};

use crate::markdown::plain;

/// A line each: its name, a blank, the text.
pub fn of(lang: Lang) -> String {
    let relations = Relation::ALL.iter().map(|r| (r.id(), reported::relation(*r).get(lang).to_owned()));
    let reasons = Why::ALL.iter().map(|why| (why.id(), reported::why(*why).get(lang).to_owned()));
    let codes = Code::FAULTS.into_iter().map(|code| (code.as_str(), plain(&reported::code(code, lang))));
    let others = [(REASONS, reported::REASONS), (FROM, reported::FROM), (PROVING, run::PROVING)];
    let others = others.into_iter().map(|(name, text)| (name, text.get(lang).to_owned()));
    let troubles = TROUBLES
        .into_iter()
        .map(|(name, title, text)| (name, format!("{}{GAP}{}", title.get(lang), text.get(lang))));
    let all = relations.chain(reasons).chain(codes).chain(others).chain(troubles);
    let lines: Vec<String> = all.map(|(name, text)| format!("{name} {}", with_names(&text))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_sentence_has_a_name_of_its_own_and_a_line() {
        for lang in Lang::ALL {
            let all = of(lang);
            let names: Vec<_> =
                all.lines().filter_map(|line| line.split_once(' ')).map(|(name, _)| name).collect();
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
            assert_eq!(names.len(), all.lines().count());
        }
    }
}
