//! The results as a tree: how the run stands, the diagnosis, the two lanes. Pure: state in, tree out.

mod action;
mod card;
mod chain;
pub mod form;
mod lane;
pub mod lookup;

pub use action::Action;

use error_model::{
    Cause, Confidence, Lane, Lang, Str,
    strings::run::{
        AGAIN, BEFORE, CANCELLED, CANCELLED_TEXT, CHANGES, CHANGES_NONE, CHANGES_OTHER, CONNECTING, EGRESS,
        ELAPSED, FINISHED, IDLE_TEXT, IDLE_TITLE, NOW, PROBLEM_AGAIN, PROBLEM_DETAIL, PROBLEM_WAIT,
        RECONNECTING, RUNNING, TITLE,
    },
    text::escape,
    wire::{Problem, ProblemCode},
    words::seconds,
};

use crate::{
    card::CauseText,
    change::changes,
    icon::Icon,
    remarks::sentence,
    run::{Phase, Run, Trouble},
    tree::{Node, button, el, icon, words},
    trouble::{GAP, PROVING, trouble_name},
};

/// The heading that takes the focus when a test starts.
pub const RESULT_HEADING: &str = "result-title";

/// The text of a cause, as far as it's there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// Being fetched.
    Pending,
    /// There.
    Ready(Box<CauseText>),
    /// Couldn't be fetched.
    Missing,
}

/// The texts of causes that were asked for.
pub type Texts = Vec<(Cause, Loaded)>;

/// Everything that the results are made of.
pub struct Results<'a> {
    /// The page's language.
    pub lang: Lang,
    /// The run.
    pub run: &'a Run,
    /// The test before, where there was one.
    pub before: Option<&'a Run>,
    /// The texts of causes.
    pub texts: &'a Texts,
    /// The sentences of the page's HTML.
    pub sentences: &'a str,
    /// What came of the last copying or saving.
    pub told: Option<Str>,
}

impl Results<'_> {
    fn text(&self, cause: Cause) -> &Loaded {
        self.texts.iter().find(|(known, _)| *known == cause).map_or(&Loaded::Pending, |(_, loaded)| loaded)
    }
}

/// The results. Every part has its place from the start, so that drawers stay open while others change.
#[must_use]
pub fn results(results: &Results<'_>) -> Vec<Node> {
    let Results { lang, run, .. } = *results;
    let title = if run.phase == Phase::Idle { IDLE_TITLE } else { TITLE };
    let (status, announced) = if run.proving() {
        let told = sentence(results.sentences, PROVING).to_owned();
        (told.clone(), told)
    } else {
        (status(run, lang), run.announcement(lang))
    };
    let head = el(
        "div",
        "results-head",
        vec![
            words("h2", "", title.get(lang)).with("id", RESULT_HEADING).with("tabindex", "-1"),
            words("p", "results-status", &status)
                .with_some("data-active", run.phase.active().then_some("true"))
                .with_some("data-diagnosis", outcome(run).as_deref()),
        ],
    );
    let egress = if run.egress.is_empty() {
        String::new()
    } else {
        EGRESS.fill(lang, &[("value", &run.egress.join(", "))])
    };
    vec![
        head,
        words("p", "visually-hidden", &announced).with("role", "status"),
        el("div", "", notice(results).into_iter().collect()),
        el("div", "", card::card(results).into_iter().collect()),
        el("div", "", changed(results).into_iter().collect()),
        lanes(run, lang),
        words("p", "egress", &egress),
    ]
}

/// The two lanes of a run.
#[must_use]
pub fn lanes(run: &Run, lang: Lang) -> Node {
    el("div", "lanes", Lane::ALL.iter().map(|lane| lane::lane(run, *lane, lang)).collect())
}

/// Code, cause and how sure that is, for the script of a frame: what it may tell the page around it.
fn outcome(run: &Run) -> Option<String> {
    let found = run.diagnosis.as_ref().filter(|_| run.phase == Phase::Finished)?;
    let cause = found.cause.map_or("", Cause::id);
    let confidence = found.confidence.map_or("", Confidence::as_str);
    Some([found.code.as_str(), cause, confidence].join(" "))
}

/// What changed since the test before, as soon as this one is over.
fn changed(results: &Results<'_>) -> Option<Node> {
    let Results { lang, run, .. } = *results;
    let before = results.before.filter(|_| run.phase == Phase::Finished)?;
    let rows: Vec<Node> = changes(before, run, lang)
        .iter()
        .map(|change| {
            let value = |label: Str, value: &str| {
                let label = [label.get(lang), " "].concat();
                el("span", "", vec![words("span", "visually-hidden", &label), Node::text(value)])
            };
            let tone = change.better.map(|better| if better { "good" } else { "bad" });
            let both = vec![value(BEFORE, &change.before), Node::text(" → "), value(NOW, &change.now)];
            el("li", "", vec![words("span", "", &change.what), el("span", "change-values", both)])
                .with_some("data-tone", tone)
        })
        .collect();
    let list = match rows.is_empty() {
        false => el("ul", "", rows),
        true if Lane::ALL.iter().any(|lane| both_tested(before, run, *lane)) => {
            words("p", "", CHANGES_NONE.get(lang))
        }
        true => words("p", "", CHANGES_OTHER.get(lang)),
    };
    let title = words("h3", "", CHANGES.get(lang)).with("id", "changes-title");
    Some(el("section", "changes", vec![title, list]).with("aria-labelledby", "changes-title"))
}

fn both_tested(before: &Run, now: &Run, lane: Lane) -> bool {
    before.asked.endpoint(lane).is_some() && now.asked.endpoint(lane).is_some()
}

fn status(run: &Run, lang: Lang) -> String {
    let time = ELAPSED.fill(lang, &[("n", &seconds(run.elapsed_ms))]);
    match run.phase {
        Phase::Idle => String::new(),
        Phase::Connecting => CONNECTING.get(lang).to_owned(),
        Phase::Reconnecting => RECONNECTING.get(lang).to_owned(),
        Phase::Running => [RUNNING.get(lang), &time].join(" "),
        Phase::Finished => [FINISHED.get(lang), &time].join(" "),
        Phase::Stopped(Trouble::Problem(_) | Trouble::Unreachable | Trouble::Unproven) => String::new(),
        Phase::Cancelled | Phase::Stopped(Trouble::Lost) => time,
    }
}

/// What there is to say besides a diagnosis.
fn notice(results: &Results<'_>) -> Option<Node> {
    let Results { lang, run, sentences, .. } = *results;
    let (title, text, more) = match &run.phase {
        Phase::Idle => return Some(words("p", "results-idle", IDLE_TEXT.get(lang))),
        Phase::Cancelled => (CANCELLED.get(lang), CANCELLED_TEXT.get(lang), None),
        Phase::Stopped(trouble) => {
            let both = sentence(sentences, trouble_name(trouble));
            let (title, text) = both.split_once(GAP).unwrap_or((both, ""));
            (title, text, detail(run, trouble, lang))
        }
        Phase::Connecting | Phase::Running | Phase::Reconnecting | Phase::Finished => return None,
    };
    let mut lines = vec![words("h3", "", title), words("p", "", text)];
    lines.extend(more.map(|more| {
        let line = words("p", "trouble-more", &more);
        // A timer isn't read aloud each time it changes.
        if run.wait_s().is_some() { line.with("role", "timer") } else { line }
    }));
    if run.wait_s().is_none_or(|wait| wait == 0) {
        let again = vec![Node::text(AGAIN.get(lang))];
        lines.push(el("p", "", vec![button("button small", &Action::Again(None).name(), again)]));
    }
    Some(el("div", "trouble", vec![icon(Icon::Warning), el("div", "", lines)]).with("role", "alert"))
}

/// When to try again, or what the relay said of a field.
fn detail(run: &Run, trouble: &Trouble, lang: Lang) -> Option<String> {
    match run.wait_s() {
        Some(0) => return Some(PROBLEM_AGAIN.get(lang).to_owned()),
        Some(wait) => return Some(PROBLEM_WAIT.fill(lang, &[("n", &minutes(wait))])),
        None => {}
    }
    match trouble {
        Trouble::Problem(Problem {
            code: ProblemCode::BadRequest | ProblemCode::TargetNotAllowed,
            message,
            ..
        }) => Some([PROBLEM_DETAIL.get(lang), ": ", &escape(message)].concat()),
        _ => None,
    }
}

/// `9:05`, from seconds.
fn minutes(seconds: u64) -> String {
    let tens = if seconds % 60 < 10 { ":0" } else { ":" };
    [&(seconds / 60).to_string(), tens, &(seconds % 60).to_string()].concat()
}

#[cfg(test)]
mod tests;
