//! The app beside a ticket in the agents' help desk: Zendesk's, with the script that Zendesk has its apps load, or any other.

use error_model::{
    Lang, Str,
    names::token,
    strings::desk_app::{
        ADD, ADDED, ALONE, AWAY, CODE, CONSOLE, COPIED, COPY_LINK, EMAIL, EMAIL_HINT, FOUND, LINK, NEW_CODE,
        NO_HOST, NOT_SIGNED, NOTHING_YET, OPEN, RUNNING, SESSION_OVER, SIGN_IN, STATE_CLOSED, STATE_JOINED,
        STATE_LEFT, STATE_WAITING, TICKET, TITLE, TOKEN, TOKEN_HINT, WRONG_TOKEN,
    },
};
use leptos::prelude::*;

use super::shell::common_head;
use crate::assets::Assets;

/// By Zendesk's rules the newest 2.0 comes from there.
const SDK: &str = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js";

/// Whose app it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// Zendesk's.
    Zendesk,
    /// Any other's.
    Other,
}

impl Desk {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Zendesk, Self::Other];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zendesk => "zendesk",
            Self::Other => "desk",
        }
    }
}

/// The app in one language.
pub fn page(lang: Lang, desk: Desk, assets: &Assets) -> impl IntoView + use<> {
    let troubles = [
        ("no-host", NO_HOST),
        ("wrong-token", WRONG_TOKEN),
        ("session-over", SESSION_OVER),
        ("reload", NOT_SIGNED),
        ("away", AWAY),
    ];
    let states = [
        ("waiting", STATE_WAITING),
        ("joined", STATE_JOINED),
        ("left", STATE_LEFT),
        ("closed", STATE_CLOSED),
    ];
    view! {
        <html lang=lang.as_str()>
            <head>
                {common_head(assets)}
                <link rel="stylesheet" href=assets.desk_app_css.clone() />
                <title>{format!("{} | {}", TITLE.get(lang), token::SITE)}</title>
                <meta name="robots" content="noindex" />
                {(desk == Desk::Zendesk).then(|| view! { <script defer src=SDK></script> })}
                <script type="module" src=assets.desk_app.clone()></script>
            </head>
            <body>
                <main class="desk-app" data-app=desk.as_str() data-session="" data-origins="">
                    <h1>{TITLE.get(lang)}</h1>
                    <p id="alone">{ALONE.get(lang)}</p>
                    <div role="alert">{named("data-trouble", "desk-trouble", &troubles, lang)}</div>
                    {sign_in(lang)}
                    <form id="open" hidden>
                        <p id="of-ticket">{TICKET.get(lang)} " " <strong data-ticket=""></strong></p>
                        <div class="field">
                            <label for="email">{EMAIL.get(lang)}</label>
                            <input id="email" type="email" autocomplete="off" aria-describedby="email-hint" />
                            <p id="email-hint" class="hint">{EMAIL_HINT.get(lang)}</p>
                        </div>
                        <button class="button primary">{OPEN.get(lang)}</button>
                    </form>
                    <section id="case" aria-label=TITLE.get(lang) hidden>
                        <div id="invitation" class="desk-card">
                            <h2>{CODE.get(lang)}</h2>
                            <p id="code" class="desk-code" tabindex="-1"></p>
                            <h2>{LINK.get(lang)}</h2>
                            <p id="link" class="desk-link"></p>
                            <button id="copy" class="button" type="button">{COPY_LINK.get(lang)}</button>
                        </div>
                        <button id="new-code" class="button" type="button">{NEW_CODE.get(lang)}</button>
                        <div role="status">
                            {named("data-state", "", &states, lang)} <p id="running" hidden>{RUNNING.get(lang)}</p>
                        </div>
                        <div class="desk-card">
                            <h2>{FOUND.get(lang)}</h2>
                            <p id="nothing">{NOTHING_YET.get(lang)}</p>
                            <p id="found" class="desk-found" aria-live="polite" hidden>
                                <span id="found-code" class="code"></span> <span id="found-title"></span>
                            </p>
                        </div>
                        <button id="add" class="button primary" type="button" disabled>{ADD.get(lang)}</button>
                        <div role="status">
                            {named("data-told", "", &[("copied", COPIED), ("added", ADDED)], lang)}
                        </div>
                        <p>
                            <a href=format!("/{}/agent", lang.as_str()) target="_blank" rel="noopener">
                                {CONSOLE.get(lang)}
                            </a>
                        </p>
                    </section>
                </main>
            </body>
        </html>
    }
}

/// For help desks that vouch for nobody.
fn sign_in(lang: Lang) -> impl IntoView {
    view! {
        <form id="sign-in" hidden>
            <div class="field">
                <label for="token">{TOKEN.get(lang)}</label>
                <input id="token" type="password" autocomplete="off" required aria-describedby="token-hint" />
                <p id="token-hint" class="hint">{TOKEN_HINT.get(lang)}</p>
            </div>
            <button class="button primary">{SIGN_IN.get(lang)}</button>
        </form>
    }
}

/// Sentences of which the script shows one, by its name.
fn named(
    attribute: &'static str,
    class: &'static str,
    sentences: &[(&'static str, Str)],
    lang: Lang,
) -> impl IntoView + use<> {
    let sentences = sentences.iter().map(|(name, text)| {
        let class = (!class.is_empty()).then_some(class);
        leptos::html::p().attr(attribute, *name).attr("class", class).hidden(true).child(text.get(lang))
    });
    sentences.collect_view()
}
