//! The guided form.

use error_model::{
    Code, Lane,
    strings::form::{
        CANCEL, EMAIL, EMAIL_HINT, PASSWORD, PASSWORD_HINT, PASSWORD_OPTIONAL, PASSWORD_PROMISE, REPORTED,
        REPORTED_NONE, SEPARATE, SHOW_PASSWORD, SMTP_PASSWORD, SMTP_USER, SUBMIT, SUBMIT_AGAIN,
        SUBMIT_CONNECTION, TITLE, USER, USER_HINT, WORKED_BEFORE,
    },
    strings::form::{HIDE, SHOW},
};
use leptos::{html, prelude::*};

use super::{
    field::{Look, advice_of, advice_view, described_by, invalid, text_field},
    server::server_fields,
    session::Check,
};
use crate::{
    fill::say,
    form::Input,
    view::{
        browser::input_value,
        icon::{Icon, icon},
    },
};

/// The form. Its inputs have no names: without the page awake, a browser would have nothing to send anywhere.
pub fn settings_form(check: Check, choices: &str) -> impl IntoView + use<> {
    let Check { lang, form, active, tested, awake, .. } = check;
    let has_password = RwSignal::new(false);
    let submit_label = move || {
        if !has_password.get() {
            SUBMIT_CONNECTION.get(lang)
        } else if !tested.get() {
            SUBMIT.get(lang)
        } else {
            SUBMIT_AGAIN.get(lang)
        }
    };
    let email = Look {
        label: EMAIL,
        hint: Some(EMAIL_HINT),
        kind: "email",
        keyboard: "email",
        autocomplete: "email",
    };
    let user = Look {
        label: USER,
        hint: Some(USER_HINT),
        kind: "text",
        keyboard: "email",
        autocomplete: "username",
    };
    view! {
        <form
            class="settings"
            method="post"
            novalidate
            aria-labelledby="settings-title"
            on:submit=move |event| {
                event.prevent_default();
                if !active.get_untracked() {
                    check.submit();
                }
            }
        >
            <h2 id="settings-title">{TITLE.get(lang)}</h2>
            {text_field(check, Input::Email, email)}
            {server_fields(check, Lane::Imap)}
            {server_fields(check, Lane::Smtp)}
            {text_field(check, Input::User, user)}
            {password_field(check, Input::Password, has_password)}
            {sending_account(check)}
            {reported_field(check, choices)}
            <label class="tick">
                <input
                    id="worked-before"
                    type="checkbox"
                    on:change=move |event| form.update(|form| form.worked_before = event_target_checked(&event))
                />
                <span>{WORKED_BEFORE.get(lang)}</span>
            </label>
            <div class="actions">
                <button id="submit" type="submit" class="button primary wide" disabled=move || !awake.get() || active.get()>
                    {submit_label}
                </button>
                <button id="cancel" type="button" class="button" hidden=move || !active.get() on:click=move |_| check.cancel()>
                    {CANCEL.get(lang)}
                </button>
            </div>
        </form>
    }
}

/// A password: its value stays in the element, the state learns only whether there is one.
fn password_field(check: Check, input: Input, filled: RwSignal<bool>) -> impl IntoView {
    let lang = check.lang;
    let shown = RwSignal::new(false);
    let element = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if element.get().is_some() {
            filled.set(input_value(input.id()).is_some_and(|value| !value.is_empty()));
        }
    });
    let advice = advice_of(check, input);
    let main = input == Input::Password;
    let id = input.id();
    let label = if main { PASSWORD } else { SMTP_PASSWORD };
    // Two sign-ins in one form are a puzzle for password managers: the second is one only while it's wanted.
    let plain = move || shown.get() || !(main || check.form.read().separate);
    view! {
        <div class="field">
            <label for=id>
                {label.get(lang)} {main.then(|| view! { <span class="optional">{PASSWORD_OPTIONAL.get(lang)}</span> })}
            </label>
            {main.then(|| view! { <p class="hint" id="password-hint">{PASSWORD_HINT.get(lang)}</p> })}
            <div class="password-box">
                <input
                    id=id
                    type=move || if plain() { "text" } else { "password" }
                    autocomplete=if main { "current-password" } else { "off" }
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=described_by(id, main)
                    aria-invalid=move || invalid(&advice.read())
                    node_ref=element
                    on:input=move |event| filled.set(!event_target_value(&event).is_empty())
                />
                <button
                    type="button"
                    class="reveal"
                    aria-label=SHOW_PASSWORD.get(lang)
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-controls=id
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { HIDE.get(lang) } else { SHOW.get(lang) }}
                </button>
            </div>
            {advice_view(check, input, advice)}
            {main
                .then(|| {
                    view! { <p class="promise">{icon(Icon::Lock)} <span>{PASSWORD_PROMISE.get(lang)}</span></p> }
                })}
        </div>
    }
}

fn sending_account(check: Check) -> impl IntoView {
    let Check { lang, form, .. } = check;
    let separate = Memo::new(move |_| form.read().separate);
    let element = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            element.set_checked(separate.get());
        }
    });
    let user = Look { label: SMTP_USER, hint: None, kind: "text", keyboard: "email", autocomplete: "off" };
    view! {
        <div class="separate">
            <label class="tick">
                <input
                    id="separate"
                    type="checkbox"
                    autocomplete="off"
                    aria-controls="sending-account"
                    node_ref=element
                    on:change=move |event| form.update(|form| form.separate = event_target_checked(&event))
                />
                <span>{SEPARATE.get(lang)}</span>
            </label>
            <div id="sending-account" class="separate-fields" hidden=move || !separate.get()>
                {text_field(check, Input::SmtpUser, user)}
                {password_field(check, Input::SmtpPassword, RwSignal::new(false))}
            </div>
        </div>
    }
}

fn reported_field(check: Check, choices: &str) -> impl IntoView + use<> {
    let Check { lang, form, .. } = check;
    let element = NodeRef::<html::Select>::new();
    Effect::new(move || {
        let reported = form.with(|form| form.reported);
        if let Some(element) = element.get() {
            element.set_value(reported.map_or("", Code::as_str));
        }
    });
    let options = choices
        .lines()
        .map(|line| {
            let code = line.split_once(' ').map_or(line, |(code, _)| code);
            view! { <option value=code.to_owned()>{line.to_owned()}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="reported">{say(REPORTED, lang)}</label>
            <select
                id="reported"
                autocomplete="off"
                node_ref=element
                on:change=move |event| {
                    form.update(|form| form.reported = Code::parse(&event_target_value(&event)));
                }
            >
                <option value="">{REPORTED_NONE.get(lang)}</option>
                {options}
            </select>
        </div>
    }
}
