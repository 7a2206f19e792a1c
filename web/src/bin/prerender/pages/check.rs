//! The page of the guided form and the live run.

use error_model::{
    Lang,
    own_words::{FOOTER_PRIVACY, NEEDS_SCRIPT, TEST_DESCRIPTION, TEST_LEAD, TEST_TITLE},
};
use leptos::prelude::*;
use web::{
    route,
    view::{CheckMailbox, GRID},
};

use super::{
    check_form::{Scope, settings_form},
    shell::{About, Scripts, document},
};
use crate::{assets::Assets, sentences};

/// The check page of one language.
pub fn page(lang: Lang, assets: &Assets) -> impl IntoView + use<> {
    let about = About {
        lang,
        title: TEST_TITLE.token(lang),
        description: TEST_DESCRIPTION.token(lang),
        address: |lang, _| route::check(lang, None),
        subject: String::new(),
        scripts: Scripts::Page,
        privacy: FOOTER_PRIVACY.token(lang),
    };
    let content = view! {
        // Before the one that follows, which takes all fragments for settings.
        <script type="module" src=assets.sign_in.clone()></script>
        <script type="module" src=assets.carried.clone()></script>
        <div class="bar check-page">
            <header class="check-head">
                <h1>{TEST_TITLE.token(lang)}</h1>
                <p class="lead">{TEST_LEAD.token(lang)}</p>
                <noscript><p class="notice">{NEEDS_SCRIPT.token(lang)}</p></noscript>
            </header>
            <div id=GRID class="check-grid">
                {settings_form(lang, Scope::Whole)}
                <CheckMailbox lang=lang sentences=sentences::of(lang) />
            </div>
        </div>
    };
    document(assets, about, content)
}
