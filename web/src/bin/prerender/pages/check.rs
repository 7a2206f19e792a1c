//! The page of the guided form and the live run.

use error_model::{
    Lang,
    strings::page::{CHECK_DESCRIPTION, CHECK_LEAD, CHECK_TITLE, NEEDS_SCRIPT},
};
use leptos::prelude::*;
use web::{
    fill::say,
    route,
    view::{CheckMailbox, GRID},
};

use super::{
    check_form::{Scope, settings_form},
    shell::{About, document},
};
use crate::{assets::Assets, sentences};

/// The check page of one language.
pub fn page(lang: Lang, assets: &Assets) -> impl IntoView + use<> {
    let about = About {
        lang,
        title: say(CHECK_TITLE, lang),
        description: say(CHECK_DESCRIPTION, lang),
        address: |lang, _| route::check(lang, None),
        subject: String::new(),
        islands: true,
    };
    let content = view! {
        // Before the one that follows, which takes all fragments for settings.
        <script type="module" src=assets.sign_in.clone()></script>
        <script type="module" src=assets.carried.clone()></script>
        <div class="bar check-page">
            <header class="check-head">
                <h1>{say(CHECK_TITLE, lang)}</h1>
                <p class="lead">{say(CHECK_LEAD, lang)}</p>
                <noscript><p class="notice">{NEEDS_SCRIPT.get(lang)}</p></noscript>
            </header>
            <div id=GRID class="check-grid">
                {settings_form(lang, Scope::Whole)}
                <CheckMailbox lang=lang sentences=sentences::of(lang) />
            </div>
        </div>
    };
    document(assets, about, content)
}
