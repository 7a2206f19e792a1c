//! The sentences that the check takes from its page: about the code that the person saw, and where the test came from.

use error_model::{Code, Lang, Relation, Why, strings::reported};
use web::{
    fill::with_names,
    remarks::{FROM, REASONS},
};

use crate::markdown::plain;

/// A line each: its name, a blank, the text.
pub fn of(lang: Lang) -> String {
    let relations = Relation::ALL.iter().map(|r| (r.id(), reported::relation(*r).get(lang).to_owned()));
    let reasons = Why::ALL.iter().map(|why| (why.id(), reported::why(*why).get(lang).to_owned()));
    let codes = Code::FAULTS.into_iter().map(|code| (code.as_str(), plain(&reported::code(code, lang))));
    let others = [(REASONS, reported::REASONS), (FROM, reported::FROM)];
    let others = others.into_iter().map(|(name, text)| (name, text.get(lang).to_owned()));
    let all = relations.chain(reasons).chain(codes).chain(others);
    let lines: Vec<String> = all.map(|(name, text)| format!("{name} {}", with_names(&text))).collect();
    lines.join("\n")
}
