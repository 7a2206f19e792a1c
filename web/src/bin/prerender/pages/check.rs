//! The page of the guided form and the live run.

use error_model::{
    Code, Lang,
    strings::page::{CHECK_DESCRIPTION, CHECK_LEAD, CHECK_TITLE, NEEDS_SCRIPT},
};
use leptos::prelude::*;
use web::{fill::say, route, view::CheckMailbox};

use super::shell::{About, document};
use crate::{assets::Assets, markdown::plain, sentences};

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
    let choices =
        Code::FAULTS.map(|code| format!("{code} {}", plain(code.texts().get(lang).title()))).join("\n");
    let texts = format!("{choices}\n\n{}", sentences::of(lang));
    let content = view! {
        <div class="bar check-page">
            <header class="check-head">
                <h1>{say(CHECK_TITLE, lang)}</h1>
                <p class="lead">{say(CHECK_LEAD, lang)}</p>
                <noscript><p class="notice">{NEEDS_SCRIPT.get(lang)}</p></noscript>
            </header>
            <CheckMailbox lang=lang texts=texts />
        </div>
    };
    document(assets, about, content)
}
