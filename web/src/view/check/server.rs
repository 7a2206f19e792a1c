//! The fields of one server: name, port, security, and the guess that a click takes over.

use error_model::{
    Lane, Security,
    strings::form::{GUESS, GUESS_USE, HOST, PORT, SECURITY, SERVER_IMAP, SERVER_SMTP},
    words::security as security_name,
};
use leptos::{html, prelude::*};

use super::{
    field::{Look, text_field},
    session::Check,
};
use crate::{
    fill::fill,
    form::Input,
    view::{
        browser::focus,
        icon::{Icon, icon},
    },
};

/// The fields of one server.
pub fn server_fields(check: Check, lane: Lane) -> impl IntoView {
    let lang = check.lang;
    let (title, picture) = match lane {
        Lane::Imap => (SERVER_IMAP, Icon::Incoming),
        Lane::Smtp => (SERVER_SMTP, Icon::Outgoing),
    };
    let host = Look { label: HOST, hint: None, kind: "text", keyboard: "url", autocomplete: "off" };
    let port = Look { label: PORT, hint: None, kind: "text", keyboard: "numeric", autocomplete: "off" };
    view! {
        <fieldset class="server">
            <legend>{icon(picture)} {title.get(lang)}</legend>
            {text_field(check, Input::Host(lane), host)}
            {guess(check, lane)}
            <div class="server-pair">
                {text_field(check, Input::Port(lane), port)}
                {security_field(check, lane)}
            </div>
        </fieldset>
    }
}

fn security_field(check: Check, lane: Lane) -> impl IntoView {
    let Check { lang, form, .. } = check;
    let input = Input::Security(lane);
    let element = NodeRef::<html::Select>::new();
    Effect::new(move || {
        let held = form.with(|form| form.text(input).to_owned());
        if let Some(element) = element.get() {
            element.set_value(&held);
        }
    });
    let chosen = form.with_untracked(|form| form.server(lane).security());
    let modes = [Security::Tls, Security::StartTls, Security::Plain].map(|mode| {
        view! {
            <option value=mode.as_str() selected=mode == chosen>{security_name(mode).get(lang)}</option>
        }
    });
    view! {
        <div class="field">
            <label for=input.id()>{SECURITY.get(lang)}</label>
            <select
                id=input.id()
                autocomplete="off"
                node_ref=element
                on:change=move |event| form.update(|form| form.type_text(input, &event_target_value(&event)))
            >
                {modes.collect_view()}
            </select>
        </div>
    }
}

fn guess(check: Check, lane: Lane) -> impl IntoView {
    let Check { lang, form, .. } = check;
    let guess = Memo::new(move |_| form.read().guess(lane));
    move || {
        guess.get().map(|host| {
            let label = fill(GUESS_USE, lang, &[("value", &host)]);
            view! {
                <p class="guess">
                    <span>{GUESS.get(lang)}</span>
                    <button
                        type="button"
                        class="button small"
                        aria-label=label
                        on:click={
                            let host = host.clone();
                            move |_| {
                                form.update(|form| form.type_text(Input::Host(lane), &host));
                                focus(Input::Host(lane).id());
                            }
                        }
                    >
                        {host.clone()}
                    </button>
                </p>
            }
        })
    }
}
