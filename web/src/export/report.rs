//! The report: one text for several readers and formats.

use error_model::{
    Code, Lane, Lang, Observed, Step, StepState,
    evidence::{Observation, TranscriptSide},
    strings::{self, card as words, page, run as run_words},
    words::{moment, seconds, security},
};

use super::{Format, Mask, Pen};
use crate::{
    card::{
        Card, CauseText, Fault, card, confidence_sentence, field_name, fine_sentence, shown_value, tried,
    },
    chain::links,
    remarks::Remarks,
    run::Run,
    sight::sight,
};

/// Who a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The mail administrator: with the technical layer of the cause.
    It,
    /// The support agent: findings, timings, transcript.
    Support,
    /// Everyone: all of it.
    Everyone,
}

/// Writes the report of a run. `text` is the found cause's, where it could be fetched.
#[must_use]
pub fn report(
    run: &Run,
    text: Option<&CauseText>,
    remarks: &Remarks,
    audience: Audience,
    format: Format,
    lang: Lang,
) -> String {
    let pen = &Pen { format, mask: Mask::new(&run.asked) };
    let found = card(run, lang);
    let mut out = pen.heading(1, words::EXPORT_TITLE.get(lang)).trim_start().to_owned();
    out.push_str(&settings(run, pen, lang));
    out.push_str(&pen.heading(2, words::EXPORT_RESULT.get(lang)));
    match &found {
        Some(Card::Fault(fault)) => out.push_str(&result(fault, text, remarks, audience, pen, lang)),
        Some(Card::Fine { signed_in }) => {
            out.push_str(&pen.item(0, &fine_sentence(*signed_in, lang)));
            out.push_str(&remarked(remarks, pen));
        }
        None => {}
    }
    for lane in Lane::ALL {
        if run.asked.endpoint(lane).is_some() {
            out.push_str(&lane_report(run, lane, pen, lang));
        }
    }
    if audience != Audience::It {
        out.push_str(&transcript(run, pen, lang));
    }
    out.push_str(&format!("\n{}\n", pen.text(words::NO_SECRETS.get(lang))));
    out
}

fn settings(run: &Run, pen: &Pen, lang: Lang) -> String {
    let mut lines = vec![(words::EXPORT_TIME.get(lang), moment(run.started_at))];
    if let Some(email) = &run.asked.email {
        lines.push((words::EXPORT_ACCOUNT.get(lang), email.clone()));
    }
    for lane in Lane::ALL {
        if let Some(endpoint) = run.asked.endpoint(lane) {
            let mode = security(endpoint.security).get(lang);
            lines.push((
                strings::lane(lane).get(lang),
                format!("{}:{} ({mode})", error_model::text::escape(&endpoint.host), endpoint.port),
            ));
        }
    }
    if let Some(code) = run.asked.reported {
        lines.push((words::EXPORT_REPORTED.get(lang), code.to_string()));
    }
    if !run.egress.is_empty() {
        lines.push((words::EXPORT_EGRESS.get(lang), run.egress.join(", ")));
    }
    lines.push((
        words::EXPORT_DURATION.get(lang),
        run_words::ELAPSED.fill(lang, &[("n", &seconds(run.elapsed_ms))]),
    ));
    lines.iter().map(|(label, value)| format!("- {}: {}\n", pen.text(label), pen.text(value))).collect()
}

/// The code that the person saw, why it may differ, and where the test came from.
fn remarked(remarks: &Remarks, pen: &Pen) -> String {
    let mut out = String::new();
    if let Some(note) = &remarks.note {
        out.push_str(&pen.item(0, note));
    }
    if !remarks.reasons.is_empty() {
        out.push_str(&pen.item(0, &remarks.heading));
    }
    for (reason, seen) in &remarks.reasons {
        out.push_str(&pen.item(1, reason));
        for sight in seen {
            out.push_str(&pen.item(2, &sight.text));
        }
    }
    if let Some(from) = &remarks.from {
        out.push_str(&pen.item(0, from));
    }
    out
}

fn result(
    fault: &Fault,
    text: Option<&CauseText>,
    remarks: &Remarks,
    audience: Audience,
    pen: &Pen,
    lang: Lang,
) -> String {
    let mut out = String::new();
    let title = text.map_or_else(|| fault.cause.id().to_owned(), |text| text.title.clone());
    out.push_str(&format!("- {}: {}\n", code_label(fault.code, lang), pen.text(&title)));
    if let Some(text) = text {
        out.push_str(&pen.item(0, &text.sentence));
    }
    out.push_str(&pen.item(0, confidence_sentence(fault.confidence).get(lang)));
    out.push_str(&remarked(remarks, pen));
    for sight in &fault.shown_by {
        out.push_str(&pen.item(0, &sight.text));
        if let Some(said) = &sight.server_words {
            out.push_str(&pen.block(said));
        }
    }
    if !fault.suggestions.is_empty() {
        out.push_str(&pen.heading(2, words::EXPORT_SUGGESTIONS.get(lang)));
        for suggestion in fault.suggestions.iter().flatten() {
            let line = format!("{}: {}", field_name(suggestion, lang), shown_value(suggestion));
            out.push_str(&format!(
                "- {} ({})\n",
                pen.text(&line),
                pen.text(tried(suggestion.tried).get(lang))
            ));
        }
    }
    let Some(text) = text else { return out };
    // These are Markdown of our own already.
    if audience != Audience::Support {
        if audience == Audience::Everyone {
            out.push_str(&format!("{}{}\n", pen.heading(2, words::FOR_YOU.get(lang)), text.person));
        }
        out.push_str(&format!("{}{}\n", pen.heading(2, page::FOR_IT.get(lang)), text.it));
        out.push_str(&format!("{}{}\n", pen.heading(2, words::FOR_PROVIDER.get(lang)), text.provider));
    }
    out
}

fn code_label(code: Code, lang: Lang) -> String {
    format!("{} {code}", page::ERROR_LABEL.get(lang))
}

fn lane_report(run: &Run, lane: Lane, pen: &Pen, lang: Lang) -> String {
    let mut out = pen.heading(2, strings::lane(lane).get(lang));
    for step in Step::ALL {
        let at = run.lane(lane).step(step);
        let Some(state) = at.state else { continue };
        let took = match at.duration_ms() {
            Some(ms) if state != StepState::Skipped => format!(", {ms} ms"),
            _ => String::new(),
        };
        let (name, state) = (strings::step(step).get(lang), strings::state(state).get(lang));
        out.push_str(&format!("- {}: {}{took}\n", pen.text(name), pen.text(state)));
        for sight in run.seen(lane, step).filter_map(|observed| sight(observed, lang)) {
            out.push_str(&pen.item(1, &sight.text));
        }
    }
    let chain = links(run.seen_on(lane), lang);
    if !chain.is_empty() {
        out.push_str(&pen.item(0, run_words::CHAIN.get(lang)));
        for link in chain {
            out.push_str(&format!("  - {}: {}\n", pen.text(link.role.get(lang)), pen.text(&link.title)));
            for (label, value) in &link.facts {
                out.push_str(&format!("    - {}: {}\n", pen.text(label.get(lang)), pen.text(value)));
            }
        }
    }
    out
}

fn transcript(run: &Run, pen: &Pen, lang: Lang) -> String {
    let mut out = String::new();
    for lane in Lane::ALL {
        let lines: Vec<String> = run.evidence.iter().filter_map(|(_, o)| transcript_line(o, lane)).collect();
        if !lines.is_empty() {
            let title = format!("{} {}", words::EXPORT_TRANSCRIPT.get(lang), strings::lane(lane).get(lang));
            out.push_str(&pen.heading(2, &title));
            out.push_str(&pen.block(&lines.join("\n")));
        }
    }
    out
}

fn transcript_line(observed: &Observed, lane: Lane) -> Option<String> {
    match &observed.observation {
        Observation::Transcript(line) if observed.lane == lane => {
            let side = if line.side == TranscriptSide::Client { "C" } else { "S" };
            Some(format!("{side}: {}", line.text))
        }
        _ => None,
    }
}
