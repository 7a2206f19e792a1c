//! The guided form as plain HTML. The island around it finds its elements by their ids.

use error_model::{
    Code, Lane, Lang, Security, Str,
    strings::form::{
        CANCEL, EMAIL, EMAIL_HINT, HOST, OAUTH_BUTTON, OAUTH_EMAIL, OAUTH_ENDED, OAUTH_FAILED, OAUTH_HINT,
        PASSWORD, PASSWORD_HINT, PASSWORD_OPTIONAL, PASSWORD_PROMISE, PORT, REPORTED, REPORTED_NONE,
        SECURITY, SEPARATE, SERVER_IMAP, SERVER_SMTP, SHOW, SHOW_PASSWORD, SMTP_PASSWORD, SMTP_USER,
        SUBMIT_CONNECTION, TITLE, USER, USER_HINT, WORKED_BEFORE,
    },
    words::security as security_name,
};
use leptos::prelude::*;
use web::{
    fill::say,
    form::{Form, Input, Press},
    view::icon::{Icon, icon},
};

use crate::markdown::plain;

/// What a text field is like.
struct Look {
    label: Str,
    /// What helps to fill it in.
    hint: Option<Str>,
    /// The kind of input: `text`, `email`.
    kind: &'static str,
    /// The keyboard to show.
    keyboard: &'static str,
    /// What password managers and browsers may fill in.
    autocomplete: &'static str,
}

impl Look {
    const fn new(label: Str, keyboard: &'static str) -> Self {
        Self { label, hint: None, kind: "text", keyboard, autocomplete: "off" }
    }
}

/// How much a form asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Whole,
    /// What a connection needs: no password and no user name, and the code is known.
    Connection,
}

/// The form. Its inputs have no names: without the page awake, a browser would have nothing to send anywhere.
pub fn settings_form(lang: Lang, scope: Scope) -> impl IntoView {
    let email =
        Look { hint: Some(EMAIL_HINT), kind: "email", autocomplete: "email", ..Look::new(EMAIL, "email") };
    let user = Look { hint: Some(USER_HINT), autocomplete: "username", ..Look::new(USER, "email") };
    view! {
        <form class="settings" method="post" novalidate aria-labelledby="settings-title">
            <h2 id="settings-title">{TITLE.get(lang)}</h2>
            <div id="faults" class="faults" role="alert"></div>
            {text_field(lang, Input::Email, email)}
            <div id="discovery" class="discovery"></div>
            {server_fields(lang, Lane::Imap)}
            {server_fields(lang, Lane::Smtp)}
            {(scope == Scope::Whole)
                .then(|| {
                    view! {
                        {text_field(lang, Input::User, user)}
                        {password_field(lang, Input::Password)}
                        {sign_in_instead(lang)}
                        {sending_account(lang)}
                        {reported_field(lang)}
                    }
                })}
            <label class="tick">
                <input id="worked-before" type="checkbox" />
                <span>{WORKED_BEFORE.get(lang)}</span>
            </label>
            <div class="actions">
                <button id="submit" type="submit" class="button primary wide" disabled>
                    {SUBMIT_CONNECTION.get(lang)}
                </button>
                <button id="cancel" type="button" class="button" hidden data-action=Press::Cancel.name()>
                    {CANCEL.get(lang)}
                </button>
            </div>
        </form>
    }
}

fn text_field(lang: Lang, input: Input, look: Look) -> impl IntoView {
    let id = input.id();
    view! {
        <div class="field">
            <label for=id>{look.label.get(lang)}</label>
            {look.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{say(hint, lang)}</p> })}
            <input
                id=id
                type=look.kind
                inputmode=look.keyboard
                autocomplete=look.autocomplete
                autocapitalize="none"
                spellcheck="false"
                value=Form::default().text(input).to_owned()
                aria-describedby=if look.hint.is_some() { format!("{id}-hint {id}-advice") } else { format!("{id}-advice") }
            />
            {advice_place(id)}
        </div>
    }
}

/// Where the island writes what is odd about an input.
fn advice_place(id: &str) -> impl IntoView + use<> {
    view! { <div class="advice-place" id=format!("{id}-advice") aria-live="polite"></div> }
}

fn server_fields(lang: Lang, lane: Lane) -> impl IntoView {
    let (title, picture) = match lane {
        Lane::Imap => (SERVER_IMAP, Icon::Incoming),
        Lane::Smtp => (SERVER_SMTP, Icon::Outgoing),
    };
    view! {
        <fieldset class="server">
            <legend>{icon(picture)} {title.get(lang)}</legend>
            {text_field(lang, Input::Host(lane), Look::new(HOST, "url"))}
            <div class="server-pair">
                {text_field(lang, Input::Port(lane), Look::new(PORT, "numeric"))}
                {security_field(lang, lane)}
            </div>
        </fieldset>
    }
}

fn security_field(lang: Lang, lane: Lane) -> impl IntoView {
    let id = Input::Security(lane).id();
    let usual = Form::default().server(lane).security();
    let modes = [Security::Tls, Security::StartTls, Security::Plain].map(|mode| {
        view! { <option value=mode.as_str() selected=mode == usual>{security_name(mode).get(lang)}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{SECURITY.get(lang)}</label>
            <select id=id autocomplete="off">{modes.collect_view()}</select>
        </div>
    }
}

fn password_field(lang: Lang, input: Input) -> impl IntoView {
    let main = input == Input::Password;
    let id = input.id();
    let label = if main { PASSWORD } else { SMTP_PASSWORD };
    view! {
        <div class="field">
            <label for=id>
                {label.get(lang)} {main.then(|| view! { <span class="optional">{PASSWORD_OPTIONAL.get(lang)}</span> })}
            </label>
            {main
                .then(|| {
                    view! {
                        <p class="hint" id="password-hint">{PASSWORD_HINT.get(lang)}</p>
                        <div class="needs" id="sign-in-needs" aria-live="polite"></div>
                    }
                })}
            <div class="password-box">
                <input
                    id=id
                    type=if main { "password" } else { "text" }
                    autocomplete=if main { "current-password" } else { "off" }
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=if main { format!("{id}-hint sign-in-needs {id}-advice") } else { format!("{id}-advice") }
                />
                <button
                    type="button"
                    class="reveal"
                    aria-label=SHOW_PASSWORD.get(lang)
                    aria-controls=id
                    data-action=Press::Reveal(input).name()
                >
                    {SHOW.get(lang)}
                </button>
            </div>
            {advice_place(id)}
            {main
                .then(|| {
                    view! { <p class="promise">{icon(Icon::Lock)} <span>{PASSWORD_PROMISE.get(lang)}</span></p> }
                })}
        </div>
    }
}

/// Hidden until the relay says that there is somebody to ask: see `sign-in.js`.
fn sign_in_instead(lang: Lang) -> impl IntoView {
    view! {
        <div
            id="sign-in"
            class="sign-in"
            hidden
            data-label=OAUTH_BUTTON.get(lang)
            data-email=OAUTH_EMAIL.get(lang)
            data-failed=OAUTH_FAILED.get(lang)
            data-ended=OAUTH_ENDED.get(lang)
        >
            <p class="hint">{OAUTH_HINT.get(lang)}</p>
            <div id="sign-in-buttons" class="sign-in-buttons"></div>
            <p id="sign-in-told" class="hint" role="status"></p>
            <input id="signed-in" type="hidden" autocomplete="off" />
        </div>
    }
}

fn sending_account(lang: Lang) -> impl IntoView {
    view! {
        <div class="separate">
            <label class="tick">
                <input id="separate" type="checkbox" autocomplete="off" aria-controls="sending-account" />
                <span>{SEPARATE.get(lang)}</span>
            </label>
            <div id="sending-account" class="separate-fields" hidden>
                {text_field(lang, Input::SmtpUser, Look::new(SMTP_USER, "email"))}
                {password_field(lang, Input::SmtpPassword)}
            </div>
        </div>
    }
}

fn reported_field(lang: Lang) -> impl IntoView {
    let options = Code::FAULTS.map(|code| {
        let title = plain(code.texts().get(lang).title());
        view! { <option value=code.as_str()>{format!("{code} {title}")}</option> }
    });
    view! {
        <div class="field">
            <label for="reported">{say(REPORTED, lang)}</label>
            <select id="reported" autocomplete="off">
                <option value="">{REPORTED_NONE.get(lang)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}
