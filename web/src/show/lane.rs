//! One lane: eight steps, each with its state, its bar on the clock and a drawer with what was seen.

use error_model::{
    Lane, LaneState, Lang, Step, StepState,
    evidence::{Observation, TranscriptSide},
    strings::{
        self,
        run::{
            AGAIN_LANE, CLIENT_SAYS, LANE_CONNECTION_PASSED, LANE_FAILED, LANE_NOT_ASKED, LANE_PASSED,
            NO_DETAILS, SERVER_SAYS, SERVER_WORDS, STATE_WAITING, STEP_TIMES, TRANSCRIPT, TRANSCRIPT_NOTE,
        },
    },
    text::escape,
    words::describe,
};

use super::{Action, chain::chain};
use crate::{
    icon::Icon,
    run::{Phase, Run, StepRun},
    sight::{Sight, Tone, sight},
    tree::{Node, button, el, icon, words},
};

/// The width of the clock that bars are drawn on.
const CLOCK: u64 = 1000;
/// The narrowest bar that is still seen.
const NARROWEST: u64 = 8;

/// A lane with its head and its steps.
pub(super) fn lane(run: &Run, lane: Lane, lang: Lang) -> Node {
    let picture = if lane == Lane::Imap { Icon::Incoming } else { Icon::Outgoing };
    let heading = ["lane-", lane.as_str()].concat();
    let server = run.asked.endpoint(lane).map(|server| {
        let port = server.port.to_string();
        [&escape(&server.host), ":", &port].concat()
    });
    let (outcome, outcome_words) = outcome(run, lane, lang);
    let head = el(
        "header",
        "lane-head",
        vec![
            el("h3", "", vec![icon(picture), Node::text(strings::lane(lane).get(lang))]).with("id", &heading),
            words("p", "lane-server mono", &server.unwrap_or_default()),
            words("p", "lane-outcome", &outcome_words),
            el("div", "", reading(run, lane, lang).into_iter().collect()),
            el("p", "lane-again", again(run, lane, lang).into_iter().collect()),
        ],
    );
    let steps = Step::ALL.iter().map(|step| el("li", "", vec![step_view(run, lane, *step, lang)])).collect();
    el("section", "lane", vec![head, el("ol", "steps-list", steps)])
        .with("aria-labelledby", &heading)
        .with("data-lane", lane.as_str())
        .with_some("data-outcome", outcome)
}

/// How far a trial of reading mail has come, while it goes on.
fn reading(run: &Run, lane: Lane, lang: Lang) -> Option<Node> {
    let seen = run.seen(lane, Step::Mailbox).find_map(|observed| match &observed.observation {
        Observation::Reading { read, of, .. } => Some((observed, read, of)),
        _ => None,
    });
    seen.filter(|_| run.phase.active()).map(|(observed, read, of)| {
        let bar = el("progress", "", Vec::new()).with("max", &of.to_string());
        let text = Node::text(&describe(&observed.observation, lang));
        el("label", "lane-reading", vec![text, bar.with("value", &read.to_string())])
    })
}

/// The way to test this lane only, after a test that was for both.
fn again(run: &Run, lane: Lane, lang: Lang) -> Option<Node> {
    let over = run.phase != Phase::Idle && !run.phase.active();
    let both = Lane::ALL.iter().all(|lane| run.asked.endpoint(*lane).is_some());
    (over && both).then(|| {
        let name = [strings::lane(lane).get(lang), ": ", AGAIN_LANE.get(lang)].concat();
        let label = vec![Node::text(AGAIN_LANE.get(lang))];
        button("button small", &Action::Again(Some(lane)).name(), label).with("aria-label", &name)
    })
}

/// What a lane came to: a word for the stylesheet and one for people.
fn outcome(run: &Run, lane: Lane, lang: Lang) -> (Option<&'static str>, String) {
    let nothing = (None, String::new());
    if run.phase == Phase::Idle {
        return nothing;
    }
    if run.asked.endpoint(lane).is_none() {
        return (Some("skipped"), LANE_NOT_ASKED.get(lang).to_owned());
    }
    let Some(told) = run.diagnosis.as_ref().and_then(|d| d.lanes.get(lane)) else { return nothing };
    match told.state {
        LaneState::Running => nothing,
        LaneState::Passed if told.signed_in => (Some("passed"), LANE_PASSED.get(lang).to_owned()),
        LaneState::Passed => (Some("passed"), LANE_CONNECTION_PASSED.get(lang).to_owned()),
        LaneState::Failed => {
            let step = strings::step(told.step).get(lang);
            (Some("failed"), LANE_FAILED.fill(lang, &[("step", step)]))
        }
    }
}

fn step_view(run: &Run, lane: Lane, step: Step, lang: Lang) -> Node {
    let at = run.lane(lane).step(step);
    // What wasn't reached in a run that is over isn't awaited any more.
    let over = run.phase != Phase::Idle && !run.phase.active();
    let state = at.state.or(over.then_some(StepState::Skipped));
    let (begin, width) = bar(at, run.elapsed_ms);
    let rect = el("rect", "", Vec::new()).with("x", &begin.to_string()).with("width", &width.to_string());
    let bar = el("svg", "step-bar", vec![rect.with("height", "6")])
        .with("viewBox", "0 0 1000 6")
        .with("preserveAspectRatio", "none")
        .with("aria-hidden", "true");
    let time = at.duration_ms().map(|ms| [&ms.to_string(), " ms"].concat());
    let summary = el(
        "summary",
        "",
        vec![
            icon(state_icon(state)),
            words("span", "step-name", strings::step(step).get(lang)),
            words("span", "step-state", state.map_or(STATE_WAITING, strings::state).get(lang)),
            words("span", "step-time mono", &time.unwrap_or_default()),
            bar,
        ],
    );
    el("details", "step", vec![summary, el("div", "drawer", drawer(run, lane, step, lang))])
        .with("data-step", step.as_str())
        .with("data-state", state.map_or("waiting", state_name))
}

/// Where a bar begins and how long it is, on the clock.
fn bar(at: StepRun, elapsed_ms: u64) -> (u64, u64) {
    let Some(started) = at.started_ms else { return (0, 0) };
    let total = elapsed_ms.max(1);
    let begin = (started.saturating_mul(CLOCK) / total).min(CLOCK - NARROWEST);
    let end = at.ended_ms.unwrap_or(total).min(total).saturating_mul(CLOCK) / total;
    (begin, end.saturating_sub(begin).max(NARROWEST))
}

fn drawer(run: &Run, lane: Lane, step: Step, lang: Lang) -> Vec<Node> {
    let mut seen = Vec::new();
    let mut said = Vec::new();
    for observed in run.seen(lane, step) {
        if let Observation::Transcript(line) = &observed.observation {
            said.push(said_line(line.side, &line.text.to_string(), lang));
        } else if let Some(sight) = sight(observed, lang) {
            seen.push(sight);
        }
    }
    let mut nodes = Vec::new();
    nodes.extend(times(run.lane(lane).step(step), lang));
    nodes.extend(sight_list(&seen, lang));
    if step == Step::Certificate {
        nodes.extend(chain(run, lane, lang));
    }
    let said_nothing = said.is_empty();
    if !said_nothing {
        nodes.push(el(
            "div",
            "transcript",
            vec![
                words("h4", "", TRANSCRIPT.get(lang)),
                words("p", "transcript-note", TRANSCRIPT_NOTE.get(lang)),
                el("ol", "", said),
            ],
        ));
    }
    if seen.is_empty() && said_nothing {
        nodes.push(words("p", "drawer-empty", NO_DETAILS.get(lang)));
    }
    nodes
}

/// What the bar says, in words.
fn times(at: StepRun, lang: Lang) -> Option<Node> {
    let (began, took) = (at.started_ms?, at.duration_ms()?);
    let gaps = [("a", &*began.to_string()), ("b", &*took.to_string())];
    Some(words("p", "step-times", &STEP_TIMES.fill(lang, &gaps)))
}

fn said_line(side: TranscriptSide, text: &str, lang: Lang) -> Node {
    let (side, label) = match side {
        TranscriptSide::Client => ("client", CLIENT_SAYS),
        TranscriptSide::Server => ("server", SERVER_SAYS),
    };
    let line = vec![words("span", "side", label.get(lang)), words("span", "mono", text).with("lang", "")];
    el("li", "", line).with("data-side", side)
}

/// What was seen, one line each.
pub(super) fn sight_list(sights: &[Sight], lang: Lang) -> Option<Node> {
    let lines = sights.iter().map(|sight| sight_line(sight, lang)).collect();
    (!sights.is_empty()).then(|| el("ul", "sights", lines))
}

fn sight_line(sight: &Sight, lang: Lang) -> Node {
    let (tone, picture) = match sight.tone {
        Tone::Good => ("good", Icon::Passed),
        Tone::Bad => ("bad", Icon::Failed),
        Tone::Plain => ("plain", Icon::Skipped),
    };
    let mut text = vec![Node::text(&sight.text)];
    text.extend(sight.server_words.as_deref().map(|said| {
        let label = words("span", "server-words-label", SERVER_WORDS.get(lang));
        el("span", "server-words", vec![label, words("q", "mono", said).with("lang", "")])
    }));
    el("li", "", vec![icon(picture), el("span", "", text)]).with("data-tone", tone)
}

const fn state_name(state: StepState) -> &'static str {
    match state {
        StepState::Started => "started",
        StepState::Passed => "passed",
        StepState::Failed => "failed",
        StepState::Skipped => "skipped",
    }
}

const fn state_icon(state: Option<StepState>) -> Icon {
    match state {
        None => Icon::Waiting,
        Some(StepState::Started) => Icon::Running,
        Some(StepState::Passed) => Icon::Passed,
        Some(StepState::Failed) => Icon::Failed,
        Some(StepState::Skipped) => Icon::Skipped,
    }
}
