//! The report after a run: both lanes, the diagnosis, what shows it and what to do.

use error_model::{
    Cause, Code, Comparison, Diagnosis, Finding, Lane, Lang, StepState, Str, Suggestion, Tried,
    known_as::known_as, strings, words::comparison,
};

use super::{
    live::mark,
    observation::{self, mode},
    printer::{Look, Page, padded},
    progress::{LaneProgress, Progress},
};
use crate::{
    catalogue::{CauseEntry, CodeEntry, worded},
    words,
};

/// Columns for the name of a step.
const STEP_COLUMNS: usize = 18;
/// Most observations shown for one finding; `--json` has them all.
const OBSERVATIONS: usize = 6;
/// Most observations shown for one reason.
const OBSERVATIONS_OF_A_REASON: usize = 2;

/// The whole report, with styles.
pub(super) fn report(progress: &Progress, lang: Lang) -> String {
    let mut page = Page::default();
    for (lane, picture) in progress.lanes() {
        lane_table(&mut page, lane, picture, lang);
        page.blank();
    }
    if let Some(diagnosis) = progress.diagnosis() {
        match diagnosis.headline() {
            Some(finding) => {
                fault(&mut page, progress, diagnosis, finding, lang);
                if let Some(compared) = &diagnosis.reported {
                    compare(&mut page, progress, compared, lang);
                }
                addresses(&mut page, diagnosis, lang);
                others(&mut page, diagnosis, finding, lang);
                page.blank();
                let command = format!("mailtriage explain {}", finding.cause);
                page.line(&[
                    (Look::Plain, words::MORE.get(lang)),
                    (Look::Plain, ": "),
                    (Look::Strong, &command),
                ]);
            }
            None => passed(&mut page, diagnosis, lang),
        }
    }
    page.into_text()
}

fn lane_table(page: &mut Page, lane: Lane, picture: &LaneProgress, lang: Lang) {
    let endpoint = &picture.endpoint;
    let server = format!("  {}:{} ({})", endpoint.host, endpoint.port, mode(endpoint.security));
    page.line(&[(Look::Strong, strings::lane(lane).get(lang)), (Look::Plain, &server)]);
    for (step, seen) in &picture.steps {
        let look = match seen.state {
            StepState::Passed => Look::Good,
            StepState::Failed => Look::Bad,
            StepState::Skipped | StepState::Started => Look::Faint,
        };
        let outcome = match seen.state {
            StepState::Passed | StepState::Failed => {
                format!("{:>6} ms", seen.ended_ms.saturating_sub(seen.started_ms))
            }
            state => strings::state(state).get(lang).to_owned(),
        };
        let name = padded(strings::step(*step).get(lang), STEP_COLUMNS);
        let mark = format!("  {} ", mark(Some(seen.state)));
        page.line(&[(look, &mark), (Look::Plain, &name), (Look::Faint, &outcome)]);
    }
}

fn passed(page: &mut Page, diagnosis: &Diagnosis, lang: Lang) {
    page.line(&[(Look::Good, "✔ "), (Look::Strong, words::ALL_PASSED.get(lang))]);
    let signed_in = [Lane::Imap, Lane::Smtp]
        .iter()
        .filter_map(|lane| diagnosis.lanes.get(*lane))
        .all(|lane| lane.signed_in);
    if !signed_in {
        page.line(&[(Look::Plain, "  "), (Look::Plain, words::NOT_SIGNED_IN.get(lang))]);
    }
}

fn fault(page: &mut Page, progress: &Progress, diagnosis: &Diagnosis, finding: &Finding, lang: Lang) {
    let code = CodeEntry::new(finding.code, lang);
    let cause = CauseEntry::new(finding.cause, lang);
    page.line(&[(Look::Bad, &format!("✘ {}  ", finding.code)), (Look::Strong, &code.title)]);
    page.indented(&cause.title);
    page.indented(&cause.sentence);
    let confidence = strings::confidence(finding.confidence).get(lang);
    let lane = diagnosis.lane.map_or("", |lane| strings::lane(lane).get(lang));
    let heading = words::CONFIDENCE.get(lang);
    page.line(&[(Look::Faint, &format!("  {heading}: {confidence} / {lane} / {}", finding.cause))]);

    if !finding.also_shown_as.is_empty() {
        let codes = finding.also_shown_as.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ");
        page.line(&[(Look::Faint, &format!("  {}: {codes}", words::ALSO_SHOWN_AS.get(lang)))]);
    }
    heading_line(page, words::SHOWN_BY, lang);
    for observed in
        finding.observations.iter().filter_map(|seq| progress.observation(*seq)).take(OBSERVATIONS)
    {
        page.line(&[(Look::Plain, "  - "), (Look::Plain, &observation::line(&observed.observation, lang))]);
    }
    known_elsewhere(page, finding.cause, lang);
    if !finding.suggestions.is_empty() {
        heading_line(page, words::SUGGESTIONS, lang);
    }
    for suggestion in &finding.suggestions {
        let tried = match suggestion.tried {
            Some(Tried::Works) => format!(", {}", words::TRIED_WORKS.get(lang)),
            Some(Tried::Partly) => format!(", {}", words::TRIED_PARTLY.get(lang)),
            None => String::new(),
        };
        value(page, suggestion, &format!("  ({}{tried})", suggestion.id));
    }
    if let Some(id) = diagnosis.lane.filter(|_| finding.code == Code::E009).and_then(|l| progress.provider(l))
    {
        at_the_provider(page, id, lang);
    }
    heading_line(page, words::FOR_YOU, lang);
    page.indented(&cause.person);
}

/// What other programs call the fault.
fn known_elsewhere(page: &mut Page, cause: Cause, lang: Lang) {
    let Some(known) = known_as(cause) else { return };
    heading_line(page, strings::card::KNOWN_AS, lang);
    for (program, names) in known.programs() {
        page.line(&[(Look::Plain, &format!("  - {program}: {}", names.join(", ")))]);
    }
}

/// Where a sign-in is changed at the provider, in the words of its entry in the table.
fn at_the_provider(page: &mut Page, id: &str, lang: Lang) {
    let Some(provider) = probe::providers::by_id(id) else { return };
    let heading = words::AT_PROVIDER.fill(lang, &[("name", provider.name.get(lang))]);
    page.blank();
    page.line(&[(Look::Strong, &heading)]);
    page.indented(provider.where_to_change.get(lang));
    if let Some(help) = &provider.help {
        page.indented(help);
    }
}

/// A suggested value and what there is to say of it.
fn value(page: &mut Page, suggestion: &Suggestion, more: &str) {
    let value = format!("  - {} = {}", suggestion.field.as_str(), suggestion.value);
    page.line(&[(Look::Plain, &value), (Look::Good, more)]);
}

/// What stands between the reports of two checks: the values that the second was made with.
pub(super) fn applied(suggestions: &[&Suggestion], lang: Lang) -> String {
    let mut page = Page::default();
    page.line(&[]);
    page.line(&[(Look::Strong, words::APPLIED.get(lang))]);
    for suggestion in suggestions {
        value(&mut page, suggestion, "");
    }
    page.blank();
    page.into_text()
}

/// Says how the code that the person saw stands to the one found, and why the two may differ.
fn compare(page: &mut Page, progress: &Progress, compared: &Comparison, lang: Lang) {
    page.blank();
    page.line(&[(Look::Plain, &worded(&comparison::relation(compared, lang)))]);
    if !compared.reasons.is_empty() {
        heading_line(page, strings::reported::REASONS, lang);
    }
    for reason in &compared.reasons {
        page.line(&[(Look::Plain, "  - "), (Look::Plain, &worded(&comparison::reason(reason, lang)))]);
        let seen = reason.observations.iter().filter_map(|seq| progress.observation(*seq));
        for observed in seen.take(OBSERVATIONS_OF_A_REASON) {
            let line = observation::line(&observed.observation, lang);
            page.line(&[(Look::Faint, "      "), (Look::Faint, &line)]);
        }
    }
}

/// Where the check came from, where that matters. Behind a router no program knows the address that servers see.
fn addresses(page: &mut Page, diagnosis: &Diagnosis, lang: Lang) {
    if comparison::turns_on_addresses(diagnosis) {
        page.blank();
        page.line(&[(Look::Plain, &worded(strings::reported::FROM_HERE.get(lang)))]);
    }
}

/// Findings besides the headline, one line each.
fn others(page: &mut Page, diagnosis: &Diagnosis, headline: &Finding, lang: Lang) {
    let all = Lane::ALL
        .into_iter()
        .filter_map(|lane| diagnosis.lanes.get(lane).map(|found| (lane, found)))
        .flat_map(|(lane, found)| found.findings.iter().map(move |finding| (lane, finding)))
        .filter(|(_, finding)| !std::ptr::eq(*finding, headline));
    let lines: Vec<String> =
        all.map(|(lane, finding)| other(lane, finding.code, finding.cause, lang)).collect();
    if !lines.is_empty() {
        heading_line(page, words::OTHER_FINDINGS, lang);
    }
    for line in lines {
        page.line(&[(Look::Plain, "  - "), (Look::Plain, &line)]);
    }
}

fn other(lane: Lane, code: Code, cause: Cause, lang: Lang) -> String {
    format!("{}: {code} {} ({cause})", strings::lane(lane).get(lang), CauseEntry::new(cause, lang).title)
}

fn heading_line(page: &mut Page, heading: Str, lang: Lang) {
    page.blank();
    page.line(&[(Look::Strong, heading.get(lang))]);
}

#[cfg(test)]
mod tests;
