//! The check: guided form, live run, diagnosis. One island.

mod field;
mod form;
mod server;
mod session;

use error_model::{Code, Lang};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use self::{form::settings_form, session::Check};
use super::{browser::query_value, draw::Drawing};
use crate::show::{Action, Results, results};

/// The guided form and the run. The form is prerendered; the results are drawn once the page is awake.
#[island]
pub fn CheckMailbox(
    /// The page's language.
    lang: Lang,
    /// What the person may have seen: a line for each code, the code, a blank, its title. After an empty line the
    /// sentences that results need: see [`crate::remarks`]. One text, because each property has a reader of its own.
    texts: String,
) -> impl IntoView {
    let (choices, sentences) = texts.split_once("\n\n").unwrap_or_default();
    let check = Check::new(lang, sentences.to_owned());
    let place = NodeRef::<html::Section>::new();
    let drawing = StoredValue::new_local(None::<Drawing>);
    // Effects run in the browser only, once the page is awake.
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        drawing.set_value(Some(Drawing::new(document(), place.into())));
        check.awake.set(true);
        // As long as the page lives, so nobody needs the handle.
        let _ = window_event_listener_untyped("pagehide", move |_| check.leave());
        if let Some(code) = query_value("code").and_then(|code| Code::parse(&code)) {
            check.form.update(|form| form.reported = Some(code));
        }
    });
    Effect::new(move || {
        if check.awake.get() {
            let nodes = check.shown.with(|shown| {
                results(&Results {
                    lang,
                    run: &shown.run,
                    texts: &shown.texts,
                    sentences: &shown.sentences,
                    told: shown.told,
                })
            });
            drawing.update_value(|drawing| {
                if let Some(drawing) = drawing {
                    drawing.show(nodes);
                }
            });
        }
    });
    view! {
        <div class="check-grid">
            {settings_form(check, choices)}
            <section
                class="results"
                aria-labelledby=crate::show::RESULT_HEADING
                node_ref=place
                on:click=move |event| {
                    if let Some(action) = event.target().and_then(|target| action_at(&target)) {
                        check.act(action);
                    }
                }
            ></section>
        </div>
    }
}

/// The action of the button that was clicked, or that the click was inside of.
fn action_at(target: &web_sys::EventTarget) -> Option<Action> {
    let element = target.dyn_ref::<web_sys::Element>()?.closest("[data-action]").ok()??;
    Action::parse(&element.get_attribute("data-action")?)
}
