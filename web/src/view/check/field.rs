//! One labelled input with its hint, its advice and its repair.

use error_model::{
    Lang, Str,
    strings::form::{REPAIR, REPAIR_SWAP},
};
use leptos::{html, prelude::*};

use super::session::Check;
use crate::{
    fill::{fill, say},
    form::{Advice, Input, Repair},
    view::{
        browser::focus,
        icon::{Icon, icon},
    },
};

/// What a text field is like.
pub struct Look {
    /// Its label.
    pub label: Str,
    /// What helps to fill it in.
    pub hint: Option<Str>,
    /// The kind of input: `text`, `email`.
    pub kind: &'static str,
    /// The keyboard to show.
    pub keyboard: &'static str,
    /// What password managers and browsers may fill in.
    pub autocomplete: &'static str,
}

/// A field for text that the form's state holds.
pub fn text_field(check: Check, input: Input, look: Look) -> impl IntoView {
    let Check { lang, form, .. } = check;
    let element = NodeRef::<html::Input>::new();
    let mut adopted = false;
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let (shown, held) = (element.value(), form.with(|form| form.text(input).to_owned()));
        if shown == held {
            adopted = true;
        } else if adopted {
            element.set_value(&held);
        } else {
            // What was typed, or kept by the browser, before the page woke up.
            adopted = true;
            form.update(|form| form.type_text(input, &shown));
        }
    });
    let advice = advice_of(check, input);
    let id = input.id();
    view! {
        <div class="field" class:field-bad=move || advice.read().is_some()>
            <label for=id>{look.label.get(lang)}</label>
            {look.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{say(hint, lang)}</p> })}
            <input
                id=id
                type=look.kind
                inputmode=look.keyboard
                autocomplete=look.autocomplete
                autocapitalize="none"
                spellcheck="false"
                value=form.with_untracked(|form| form.text(input).to_owned())
                aria-describedby=described_by(id, look.hint.is_some())
                aria-invalid=move || invalid(&advice.read())
                node_ref=element
                on:input=move |event| form.update(|form| form.type_text(input, &event_target_value(&event)))
                on:change=move |_| form.update(|form| form.leave(input))
            />
            {advice_view(check, input, advice)}
        </div>
    }
}

/// What is to be said about an input.
pub fn advice_of(check: Check, input: Input) -> Memo<Option<Advice>> {
    Memo::new(move |_| check.form.read().shown_advice(input))
}

/// The value of `aria-invalid`.
pub fn invalid(advice: &Option<Advice>) -> Option<&'static str> {
    advice.as_ref().is_some_and(|advice| advice.blocks).then_some("true")
}

/// The value of `aria-describedby`.
pub fn described_by(id: &str, hint: bool) -> String {
    if hint { format!("{id}-hint {id}-advice") } else { format!("{id}-advice") }
}

/// The advice below an input, with the button that mends it.
pub fn advice_view(check: Check, input: Input, advice: Memo<Option<Advice>>) -> impl IntoView {
    let Check { lang, form, .. } = check;
    let shown = move || {
        advice.get().map(|Advice { text, value, repair, .. }| {
            let button = repair.map(|repair| {
                view! {
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| {
                            form.update(|form| form.repair(input));
                            focus(input.id());
                        }
                    >
                        {icon(Icon::Repair)}
                        {repair_label(&repair, lang)}
                    </button>
                }
            });
            view! {
                <p class="advice">{icon(Icon::Warning)} <span>{fill(text, lang, &[("value", &value)])}</span></p>
                {button}
            }
        })
    };
    view! { <div class="advice-place" id=format!("{}-advice", input.id()) aria-live="polite">{shown}</div> }
}

fn repair_label(repair: &Repair, lang: Lang) -> String {
    match repair {
        Repair::Value(value) => fill(REPAIR, lang, &[("value", value)]),
        Repair::HostAndPort(host, port) => fill(REPAIR, lang, &[("value", &format!("{host} : {port}"))]),
        Repair::Swap => REPAIR_SWAP.get(lang).to_owned(),
    }
}
