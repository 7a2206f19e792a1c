//! The pages of live triage: the agent's console, and the customer's side of a case.

use error_model::{
    Lang, Str,
    own_words::{FOOTER_PRIVACY, NEEDS_SCRIPT},
    strings::desk::{
        AGENT_DESCRIPTION, AGENT_LEAD, AGENT_NEEDS_SCRIPT, AGENT_PRIVACY, AGENT_TITLE, JOIN_DESCRIPTION,
        JOIN_LEAD, JOIN_TITLE, LEAVE_ANY_TIME, NEVER_MAIL, NEVER_PASSWORD, NEVER_SCREEN, NEVER_TITLE,
        SHARED_DOMAIN, SHARED_SETTINGS, SHARED_STEPS, SHARED_TITLE,
    },
};
use leptos::prelude::*;
use web::{
    fill::say,
    route,
    view::{
        desk::{CheckMailbox, DESK, GRID, JOIN, SHARED, SHARING},
        icon::{Icon, icon},
    },
};

use super::{
    check_form::{Scope, settings_form},
    shell::{About, Scripts, document},
};
use crate::{assets::Assets, sentences};

/// The console of one language.
pub fn agent(lang: Lang, assets: &Assets) -> impl IntoView + use<> {
    let about = About {
        lang,
        title: say(AGENT_TITLE, lang),
        description: say(AGENT_DESCRIPTION, lang),
        address: |lang, _| route::agent(lang),
        subject: String::new(),
        scripts: Scripts::Desk,
        privacy: say(AGENT_PRIVACY, lang),
    };
    let content = view! {
        <div class="bar check-page desk-page">
            {head(lang, AGENT_TITLE, AGENT_LEAD, say(AGENT_NEEDS_SCRIPT, lang))}
            <div id=DESK></div>
        </div>
    };
    document(assets, about, content)
}

/// The customer's side in one language.
pub fn join(lang: Lang, assets: &Assets) -> impl IntoView + use<> {
    let about = About {
        lang,
        title: say(JOIN_TITLE, lang),
        description: say(JOIN_DESCRIPTION, lang),
        address: |lang, _| route::join(lang),
        subject: String::new(),
        scripts: Scripts::Desk,
        privacy: FOOTER_PRIVACY.token(lang),
    };
    let shared = list(lang, SHARED_TITLE, Icon::Passed, [SHARED_SETTINGS, SHARED_STEPS, SHARED_DOMAIN]);
    let never = list(lang, NEVER_TITLE, Icon::Lock, [NEVER_PASSWORD, NEVER_MAIL, NEVER_SCREEN]);
    let content = view! {
        <div class="bar check-page desk-page">
            {head(lang, JOIN_TITLE, JOIN_LEAD, NEEDS_SCRIPT.token(lang))}
            <div id=JOIN></div>
            <details id=SHARING class="sharing desk-card" open>
                <summary>{format!("{} / {}", SHARED_TITLE.get(lang), NEVER_TITLE.get(lang))}</summary>
                <div class="sharing-lists">{shared} {never}</div>
                <p>{LEAVE_ANY_TIME.get(lang)}</p>
            </details>
            <div id=SHARED hidden>
                <div id=GRID class="check-grid">
                    {settings_form(lang, Scope::Whole)}
                    <CheckMailbox lang=lang sentences=sentences::of(lang) />
                </div>
            </div>
        </div>
    };
    document(assets, about, content)
}

fn head(lang: Lang, title: Str, lead: Str, without: String) -> impl IntoView {
    view! {
        <header class="check-head">
            <h1>{say(title, lang)}</h1>
            <p class="lead">{say(lead, lang)}</p>
            <noscript><p class="notice">{without}</p></noscript>
        </header>
    }
}

fn list(lang: Lang, title: Str, picture: Icon, lines: [Str; 3]) -> impl IntoView {
    let lines = lines.map(|line| view! { <li>{icon(picture)} <span>{say(line, lang)}</span></li> });
    view! {
        <section>
            <h2>{title.get(lang)}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
}
