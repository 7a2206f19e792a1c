//! What came of the test: how it stands, the diagnosis, the two lanes.

use error_model::{
    Lane, Lang, Str,
    strings::run::{
        CANCELLED, CANCELLED_TEXT, CONNECTING, EGRESS, ELAPSED, FINISHED, IDLE_TEXT, IDLE_TITLE,
        PROBLEM_DETAIL, PROBLEM_WAIT, RUNNING, TITLE,
    },
    text::escape,
    wire::{Problem, ProblemCode},
    words::seconds,
};
use leptos::prelude::*;

use super::{
    card::card_view,
    lane::lane_view,
    session::{Check, RESULT_HEADING},
};
use crate::{
    run::{Phase, Trouble},
    trouble::trouble_words,
    view::icon::{Icon, icon},
};

/// The right half of the check.
pub fn results(check: Check) -> impl IntoView {
    let Check { lang, run, .. } = check;
    let phase = Memo::new(move |_| run.read().phase.clone());
    let announcement = Memo::new(move |_| run.read().announcement(lang));
    let status = move || match phase.get() {
        Phase::Idle => String::new(),
        Phase::Connecting => CONNECTING.get(lang).to_owned(),
        Phase::Running => with_time(RUNNING, run.read().elapsed_ms, lang),
        Phase::Cancelled | Phase::Stopped(_) => ELAPSED.fill(lang, &[("n", &seconds(run.read().elapsed_ms))]),
        Phase::Finished => with_time(FINISHED, run.read().elapsed_ms, lang),
    };
    let egress = move || {
        let addresses = run.read().egress.join(", ");
        (!addresses.is_empty()).then(|| EGRESS.fill(lang, &[("value", &addresses)]))
    };
    view! {
        <section class="results" aria-labelledby=RESULT_HEADING>
            <div class="results-head">
                <h2 id=RESULT_HEADING tabindex="-1">
                    {move || if phase.get() == Phase::Idle { IDLE_TITLE.get(lang) } else { TITLE.get(lang) }}
                </h2>
                <p class="results-status" data-active=move || phase.read().active().then_some("true")>{status}</p>
            </div>
            <p class="visually-hidden" role="status">{announcement}</p>
            <p class="results-idle" hidden=move || phase.get() != Phase::Idle>{IDLE_TEXT.get(lang)}</p>
            {move || trouble(&phase.get(), lang)}
            {card_view(check)}
            <div class="lanes">{Lane::ALL.map(|lane| lane_view(check, lane)).collect_view()}</div>
            <p class="egress">{egress}</p>
        </section>
    }
}

fn with_time(sentence: Str, elapsed_ms: u64, lang: Lang) -> String {
    let time = ELAPSED.fill(lang, &[("n", &seconds(elapsed_ms))]);
    format!("{} {time}", sentence.get(lang))
}

fn trouble(phase: &Phase, lang: Lang) -> Option<impl IntoView + use<>> {
    let (title, text, more) = match phase {
        Phase::Cancelled => (CANCELLED, CANCELLED_TEXT, None),
        Phase::Stopped(trouble) => {
            let (title, text) = trouble_words(trouble);
            (title, text, detail(trouble, lang))
        }
        Phase::Idle | Phase::Connecting | Phase::Running | Phase::Finished => return None,
    };
    Some(view! {
        <div class="trouble" role="alert">
            {icon(Icon::Warning)}
            <div>
                <h3>{title.get(lang)}</h3>
                <p>{text.get(lang)}</p>
                {more.map(|more| view! { <p class="trouble-more">{more}</p> })}
            </div>
        </div>
    })
}

/// When to try again, or what the relay said of a field.
fn detail(trouble: &Trouble, lang: Lang) -> Option<String> {
    match trouble {
        Trouble::Problem(Problem { retry_after_s: Some(wait), .. }) => {
            Some(PROBLEM_WAIT.fill(lang, &[("n", &wait.to_string())]))
        }
        Trouble::Problem(Problem {
            code: ProblemCode::BadRequest | ProblemCode::TargetNotAllowed,
            message,
            ..
        }) => Some(format!("{}: {}", PROBLEM_DETAIL.get(lang), escape(message))),
        _ => None,
    }
}
