//! What there is to say about the code that the person saw, and about where the test came from.
//!
//! The sentences stand in the page's HTML, a line each, so that the program needn't carry them: a name, a blank, a text.

use error_model::{
    Lane, Lang,
    lang::fill,
    strings,
    words::{comparison::turns_on_addresses, moment},
};

use crate::{card::shown_by, run::Run, sight::Sight};

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
    let mut remarks = Remarks::default();
    let Some(diagnosis) = &run.diagnosis else { return remarks };
    if let Some(told) = &diagnosis.reported {
        let code = sentence(sentences, told.code.as_str());
        remarks.note = Some(fill(
            sentence(sentences, told.relation.id()),
            &[("code", code), ("lane", name(told.lane, lang))],
        ));
        remarks.heading = sentence(sentences, REASONS).to_owned();
        for reason in &told.reasons {
            let (time, ttl) =
                (reason.at.map_or_else(String::new, moment), reason.ttl_s.unwrap_or_default().to_string());
            let gaps = [("lane", name(reason.lane, lang)), ("time", &*time), ("ttl", &*ttl)];
            let text = fill(sentence(sentences, reason.why.id()), &gaps);
            remarks.reasons.push((text, shown_by(run, &reason.observations, lang)));
        }
    }
    if turns_on_addresses(diagnosis) && !run.egress.is_empty() {
        remarks.from = Some(fill(sentence(sentences, FROM), &[("egress", &run.egress.join(", "))]));
    }
    remarks
}

/// The sentence of that name.
#[must_use]
pub fn sentence<'a>(sentences: &'a str, name: &str) -> &'a str {
    for line in sentences.split('\n') {
        if let Some((known, text)) = line.split_once(' ')
            && known == name
        {
            return text;
        }
    }
    ""
}

fn name(lane: Option<Lane>, lang: Lang) -> &'static str {
    lane.map_or("", |lane| strings::lane(lane).get(lang))
}

#[cfg(test)]
mod tests;
