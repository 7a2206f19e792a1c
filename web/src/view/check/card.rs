//! The diagnosis card.

use error_model::{
    Cause, Code, Confidence, Lane, Lang, Str, Suggestion, Tried,
    strings::{
        self,
        card::{
            ALSO_FOUND, APPLY, APPLY_AND_TEST, DIAGNOSIS, FOR_IT, FOR_PROVIDER, FOR_SUPPORT, OK_NEXT,
            OK_TITLE, PRELIMINARY, READ_MORE, SHOWN_BY, SUGGESTIONS, TEXT_MISSING, WHAT_TO_DO,
        },
    },
};
use leptos::{either::Either, prelude::*};

use super::{
    lane::sight_list,
    session::{Check, Loaded},
    share::share_view,
};
use crate::{
    card::{
        Card, CauseText, Fault, SignedIn, confidence_sentence, field_name, fine_sentence, shown_value, tried,
    },
    route,
    view::icon::{Icon, icon},
};

/// The card of the run; nothing while there's nothing to say.
pub fn card_view(check: Check) -> impl IntoView {
    Effect::new(move || {
        if let Some(Card::Fault(fault)) = check.card.get() {
            check.want_text(fault.cause);
            for (_, _, cause) in fault.others {
                check.want_text(cause);
            }
        }
    });
    move || {
        check.card.get().map(|card| match card {
            Card::Fine { signed_in, note } => Either::Left(fine_view(check, signed_in, note)),
            Card::Fault(fault) => Either::Right(fault_view(check, *fault)),
        })
    }
}

fn fine_view(check: Check, signed_in: SignedIn, note: Option<String>) -> impl IntoView {
    let lang = check.lang;
    let sentence = fine_sentence(signed_in, lang);
    view! {
        <article class="card" data-kind="fine" aria-labelledby="card-title">
            <header class="card-head">
                <span class="card-mark">{icon(Icon::Passed)}</span>
                <div>
                    <h3 id="card-title">{OK_TITLE.get(lang)}</h3>
                    <p class="card-sentence">{sentence}</p>
                </div>
            </header>
            {note.map(note_view)}
            {(signed_in == SignedIn::Nowhere).then(|| view! { <p>{OK_NEXT.get(lang)}</p> })}
            {share_view(check)}
        </article>
    }
}

fn fault_view(check: Check, fault: Fault) -> impl IntoView {
    let lang = check.lang;
    let Fault { preliminary, lane, code, cause, confidence, shown_by, suggestions, note, others } = fault;
    let label = if preliminary { PRELIMINARY } else { DIAGNOSIS };
    view! {
        <article
            class="card"
            data-kind="fault"
            data-code=code.as_str()
            data-cause=cause.id()
            data-final=(!preliminary).then_some("true")
            aria-labelledby="card-title"
        >
            <p class="card-label">{label.get(lang)} <span>{strings::lane(lane).get(lang)}</span></p>
            {move || headline(check.text(cause), code, cause, lang)}
            <p class="confidence" data-confidence=confidence_name(confidence)>
                <strong>{strings::confidence(confidence).get(lang)}</strong>
                <span>{confidence_sentence(confidence).get(lang)}</span>
            </p>
            {note.map(note_view)}
            {suggestions_view(check, suggestions)}
            {move || what_to_do(check.text(cause), cause, lang)}
            <details class="layer shown-by" open>
                <summary>{SHOWN_BY.get(lang)}</summary>
                {sight_list(shown_by, lang)}
            </details>
            {others_view(check, others)}
            {share_view(check)}
        </article>
    }
}

fn headline(text: Loaded, code: Code, cause: Cause, lang: Lang) -> impl IntoView {
    let (title, sentence, code_title) = match text {
        Loaded::Ready(text) => (text.title, Some(text.sentence_html), Some(text.code_title)),
        Loaded::Pending | Loaded::Missing => (cause.id().replace('-', " "), None, None),
    };
    view! {
        <header class="card-head">
            <a class="code code-large" href=route::error(lang, code)>{code.as_str()}</a>
            <div>
                <h3 id="card-title">{title}</h3>
                {code_title.map(|title| view! { <p class="card-code-title">{title}</p> })}
            </div>
        </header>
        {sentence.map(|html| view! { <p class="card-sentence" inner_html=html></p> })}
    }
}

fn what_to_do(text: Loaded, cause: Cause, lang: Lang) -> impl IntoView {
    let body = match text {
        Loaded::Pending => None,
        Loaded::Missing => Some(Either::Left(view! { <p>{TEXT_MISSING.get(lang)}</p> })),
        Loaded::Ready(text) => Some(Either::Right(layers(*text, lang))),
    };
    view! {
        {body}
        <p class="read-more"><a href=route::cause(lang, cause)>{READ_MORE.get(lang)}</a></p>
    }
}

fn layers(text: CauseText, lang: Lang) -> impl IntoView {
    let layer = |title: Str, html: String| {
        view! {
            <details class="layer">
                <summary>{title.get(lang)}</summary>
                <div class="prose" inner_html=html></div>
            </details>
        }
    };
    view! {
        <h4>{WHAT_TO_DO.get(lang)}</h4>
        <div class="prose steps" inner_html=text.person_html></div>
        <div class="layers">
            {layer(FOR_IT, text.it_html)} {layer(FOR_PROVIDER, text.provider_html)} {layer(FOR_SUPPORT, text.support_html)}
        </div>
    }
}

fn suggestions_view(check: Check, suggestions: Vec<Vec<Suggestion>>) -> Option<impl IntoView> {
    let lang = check.lang;
    (!suggestions.is_empty()).then(|| {
        let rows = suggestions.into_iter().map(|change| change_view(check, change)).collect_view();
        view! {
            <section class="suggestions" aria-labelledby="suggestions-title">
                <h4 id="suggestions-title">{SUGGESTIONS.get(lang)}</h4>
                <ul>{rows}</ul>
            </section>
        }
    })
}

fn change_view(check: Check, change: Vec<Suggestion>) -> impl IntoView {
    let lang = check.lang;
    let outcome = change.first().and_then(|suggestion| suggestion.tried);
    let works = outcome == Some(Tried::Works);
    let values = change
        .iter()
        .map(|suggestion| {
            view! {
                <span>{field_name(suggestion, lang)}</span>
                <strong class="mono">{shown_value(suggestion)}</strong>
            }
        })
        .collect_view();
    let change = StoredValue::new(change);
    let apply = move |again| change.with_value(|change| check.apply(change, again));
    view! {
        <li class="suggestion">
            <p class="suggestion-what">{values}</p>
            <p class="badge" data-works=works.then_some("true")>{works.then(|| icon(Icon::Passed))} {tried(outcome).get(lang)}</p>
            <p class="suggestion-actions">
                <button type="button" class="button primary small" on:click=move |_| apply(true)>
                    {APPLY_AND_TEST.get(lang)}
                </button>
                <button type="button" class="button small" on:click=move |_| apply(false)>{APPLY.get(lang)}</button>
            </p>
        </li>
    }
}

fn others_view(check: Check, others: Vec<(Lane, Code, Cause)>) -> Option<impl IntoView> {
    let lang = check.lang;
    (!others.is_empty()).then(|| {
        let rows = others
            .into_iter()
            .map(|(lane, code, cause)| {
                let title = move || match check.text(cause) {
                    Loaded::Ready(text) => text.title,
                    Loaded::Pending | Loaded::Missing => cause.id().replace('-', " "),
                };
                view! {
                    <li>
                        <span class="code">{code.as_str()}</span>
                        <span><a href=route::cause(lang, cause)>{title}</a>" "{strings::lane(lane).get(lang)}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="others" aria-labelledby="others-title">
                <h4 id="others-title">{ALSO_FOUND.get(lang)}</h4>
                <ul>{rows}</ul>
            </section>
        }
    })
}

fn note_view(note: String) -> impl IntoView {
    view! { <p class="card-note">{note}</p> }
}

const fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Proven => "proven",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    }
}
