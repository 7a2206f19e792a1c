//! What there is to say about the code that the person saw, and about where the test came from.
//!
//! The sentences stand in the page's HTML, a line each, so that the program needn't carry them: a name, a blank, a text.

use error_model::{
    Lang,
    comparison::Reason,
    lang::fill,
    strings,
    words::comparison::{gaps, turns_on_addresses},
};

use crate::{
    run::Run,
    sight::{Sight, sight},
};

/// The heading above the reasons, by its name among the sentences.
pub const REASONS: &str = "reasons";
/// The sentence about the addresses that the test comes from.
pub const FROM: &str = "from";

/// What to say besides the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// How the code that the person saw stands to what was found.
    pub note: Option<String>,
    /// The heading above the reasons.
    pub heading: String,
    /// Why the two may differ, the likeliest first, each with what shows it.
    pub reasons: Vec<(String, Vec<Sight>)>,
    /// Where the test came from, where that matters and is known.
    pub from: Option<String>,
}

/// The remarks on a run. `sentences` are those of the page's HTML.
#[must_use]
pub fn remarks(run: &Run, sentences: &str, lang: Lang) -> Remarks {
    let sentence = |name: &str| {
        let text = |line: &'_ str| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
        sentences.lines().find_map(text).unwrap_or_default()
    };
    let Some(diagnosis) = &run.diagnosis else { return Remarks::default() };
    let note = diagnosis.reported.as_ref().map(|told| {
        let lane = told.lane.map_or("", |lane| strings::lane(lane).get(lang));
        let code = sentence(told.code.as_str());
        fill(&sentence(told.relation.id()), &[("code", &code), ("lane", lane)])
    });
    let reason = |reason: &Reason| {
        let gaps = gaps(reason, lang);
        let text =
            fill(&sentence(reason.why.id()), &gaps.each_ref().map(|(name, value)| (*name, value.as_str())));
        let seen = reason.observations.iter().filter_map(|seq| sight(run.cited(*seq)?, lang));
        (text, seen.collect())
    };
    let known = turns_on_addresses(diagnosis) && !run.egress.is_empty();
    Remarks {
        note,
        heading: sentence(REASONS),
        reasons: diagnosis.reported.iter().flat_map(|told| &told.reasons).map(reason).collect(),
        from: known.then(|| fill(&sentence(FROM), &[("egress", &run.egress.join(", "))])),
    }
}

#[cfg(test)]
mod tests;
