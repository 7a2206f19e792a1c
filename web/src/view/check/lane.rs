//! One lane: eight steps, each with its state, its bar on the clock and a drawer with what was seen.

use error_model::{
    Lane, LaneState, Lang, Step, StepState,
    evidence::{Observation, TranscriptSide},
    strings::{
        self,
        run::{
            CLIENT_SAYS, LANE_CONNECTION_PASSED, LANE_FAILED, LANE_NOT_ASKED, LANE_PASSED, NO_DETAILS,
            SERVER_SAYS, SERVER_WORDS, STATE_WAITING, TRANSCRIPT, TRANSCRIPT_NOTE,
        },
    },
    text::escape,
};
use leptos::prelude::*;

use super::{chain::chain_view, session::Check};
use crate::{
    run::{Phase, Run, StepRun},
    sight::{Sight, Tone, sight},
    view::icon::{Icon, icon},
};

/// The width of the clock that bars are drawn on.
const CLOCK: u64 = 1000;
/// The narrowest bar that is still seen.
const NARROWEST: u64 = 8;

/// A lane with its head and its steps.
pub fn lane_view(check: Check, lane: Lane) -> impl IntoView {
    let Check { lang, run, .. } = check;
    let picture = if lane == Lane::Imap { Icon::Incoming } else { Icon::Outgoing };
    let heading = format!("lane-{}", lane.as_str());
    let server = Memo::new(move |_| {
        run.read().asked.endpoint(lane).map(|server| format!("{}:{}", escape(&server.host), server.port))
    });
    let outcome = Memo::new(move |_| outcome(&run.read(), lane, lang));
    view! {
        <section class="lane" aria-labelledby=heading.clone() data-outcome=move || outcome.get().0>
            <header class="lane-head">
                <h3 id=heading.clone()>{icon(picture)} {strings::lane(lane).get(lang)}</h3>
                <p class="lane-server mono">{server}</p>
                <p class="lane-outcome">{move || outcome.get().1}</p>
            </header>
            <ol class="steps-list">
                {Step::ALL.map(|step| view! { <li>{step_view(check, lane, step)}</li> }).collect_view()}
            </ol>
        </section>
    }
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

fn step_view(check: Check, lane: Lane, step: Step) -> impl IntoView {
    let Check { lang, run, .. } = check;
    let at = Memo::new(move |_| run.read().lane(lane).step(step));
    let bar = Memo::new(move |_| bar(run.read().lane(lane).step(step), run.read().elapsed_ms));
    let state = move || at.get().state.map_or(STATE_WAITING, strings::state).get(lang);
    let time = move || at.get().duration_ms().map(|ms| format!("{ms} ms"));
    view! {
        <details class="step" data-state=move || at.get().state.map_or("waiting", state_name)>
            <summary>
                {move || icon(state_icon(at.get().state))}
                <span class="step-name">{strings::step(step).get(lang)}</span>
                <span class="step-state">{state}</span>
                <span class="step-time mono">{time}</span>
                <svg class="step-bar" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect
                        x=move || bar.get().0.to_string()
                        width=move || bar.get().1.to_string()
                        height="6"
                    />
                </svg>
            </summary>
            <div class="drawer">{drawer(check, lane, step)}</div>
        </details>
    }
}

/// Where a bar begins and how long it is, on the clock.
fn bar(at: StepRun, elapsed_ms: u64) -> (u64, u64) {
    let Some(started) = at.started_ms else { return (0, 0) };
    let total = elapsed_ms.max(1);
    let begin = (started * CLOCK / total).min(CLOCK - NARROWEST);
    let end = at.ended_ms.unwrap_or(total).min(total) * CLOCK / total;
    (begin, end.saturating_sub(begin).max(NARROWEST))
}

fn drawer(check: Check, lane: Lane, step: Step) -> impl IntoView {
    let Check { lang, run, .. } = check;
    let sights = Memo::new(move |_| {
        let run = run.read();
        run.seen(lane, step).filter_map(|observed| sight(observed, lang)).collect::<Vec<_>>()
    });
    let said = Memo::new(move |_| said(&run.read(), lane, step));
    view! {
        {move || {
            let empty = sights.read().is_empty() && said.read().is_empty();
            empty.then(|| view! { <p class="drawer-empty">{NO_DETAILS.get(lang)}</p> })
        }}
        {move || sight_list(sights.get(), lang)}
        {(step == Step::Certificate).then(|| chain_view(check, lane))}
        {move || transcript(said.get(), lang)}
    }
}

/// What was seen, one line each.
pub fn sight_list(sights: Vec<Sight>, lang: Lang) -> Option<impl IntoView + use<>> {
    (!sights.is_empty()).then(|| {
        let lines = sights
            .into_iter()
            .map(|sight| {
                let (tone, picture) = match sight.tone {
                    Tone::Good => ("good", Icon::Passed),
                    Tone::Bad => ("bad", Icon::Failed),
                    Tone::Plain => ("plain", Icon::Skipped),
                };
                let words = sight.server_words.map(|words| {
                    view! {
                        <span class="server-words">
                            <span class="server-words-label">{SERVER_WORDS.get(lang)}</span>
                            <q class="mono" lang="">{words}</q>
                        </span>
                    }
                });
                view! {
                    <li data-tone=tone>
                        {icon(picture)}
                        <span>
                            {sight.text}
                            {words}
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="sights">{lines}</ul> }
    })
}

fn said(run: &Run, lane: Lane, step: Step) -> Vec<(TranscriptSide, String)> {
    run.seen(lane, step)
        .filter_map(|observed| match &observed.observation {
            Observation::Transcript(line) => Some((line.side, line.text.to_string())),
            _ => None,
        })
        .collect()
}

fn transcript(said: Vec<(TranscriptSide, String)>, lang: Lang) -> Option<impl IntoView + use<>> {
    (!said.is_empty()).then(|| {
        let lines = said
            .into_iter()
            .map(|(side, text)| {
                let (side, label) = match side {
                    TranscriptSide::Client => ("client", CLIENT_SAYS),
                    TranscriptSide::Server => ("server", SERVER_SAYS),
                };
                view! {
                    <li data-side=side>
                        <span class="side">{label.get(lang)}</span>
                        <span class="mono" lang="">{text}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="transcript">
                <h4>{TRANSCRIPT.get(lang)}</h4>
                <p class="transcript-note">{TRANSCRIPT_NOTE.get(lang)}</p>
                <ol>{lines}</ol>
            </div>
        }
    })
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
