//! The help page: search and the twelve errors, grouped by where they happen.

use error_model::{
    Code, Lang, Str,
    own_words::{FOOTER_PRIVACY, HELP_DESCRIPTION, HELP_LEAD, HELP_TITLE, TEST_TEASER},
    strings::page::{
        CHECK_TEASER_BUTTON, CHECK_TEASER_TITLE, GROUP_CERTIFICATE, GROUP_CERTIFICATE_TEXT, GROUP_REACH,
        GROUP_REACH_TEXT, GROUP_SIGN_IN, GROUP_SIGN_IN_TEXT, SEARCH_LABEL, SEARCH_PLACEHOLDER,
    },
};
use leptos::prelude::*;
use web::{
    route,
    view::{
        ErrorSearch, SEARCH, SEARCH_BOX, SEARCH_STATUS,
        icon::{Icon, icon},
    },
};

use super::shell::{About, Scripts, document};
use crate::{assets::Assets, markdown::sentence, structured};

struct Group {
    id: &'static str,
    title: Str,
    text: Str,
    codes: &'static [Code],
}

const GROUPS: [Group; 3] = [
    Group {
        id: "reach",
        title: GROUP_REACH,
        text: GROUP_REACH_TEXT,
        codes: &[Code::E001, Code::E002, Code::E003],
    },
    Group {
        id: "certificate",
        title: GROUP_CERTIFICATE,
        text: GROUP_CERTIFICATE_TEXT,
        codes: &[Code::E004, Code::E005, Code::E006, Code::E007, Code::E008],
    },
    Group {
        id: "sign-in",
        title: GROUP_SIGN_IN,
        text: GROUP_SIGN_IN_TEXT,
        codes: &[Code::E009, Code::Auth, Code::FirstSync, Code::Reconnect],
    },
];

/// The help page of one language.
pub fn page(lang: Lang, assets: &Assets) -> impl IntoView + use<> {
    let about = About {
        lang,
        title: HELP_TITLE.token(lang),
        description: HELP_DESCRIPTION.token(lang),
        address: |lang, _| route::help(lang),
        subject: String::new(),
        scripts: Scripts::Page,
        privacy: FOOTER_PRIVACY.token(lang),
    };
    let content = view! {
        <section class="hero">
            <div class="bar hero-grid">
                <div>
                    <h1>{HELP_TITLE.token(lang)}</h1>
                    <p class="lead">{HELP_LEAD.token(lang)}</p>
                    {search(lang)}
                </div>
                <aside class="teaser">
                    <h2>{CHECK_TEASER_TITLE.get(lang)}</h2>
                    <p>{TEST_TEASER.token(lang)}</p>
                    <a class="button primary" href=route::check(lang, None)>
                        {CHECK_TEASER_BUTTON.get(lang)} {icon(Icon::Arrow)}
                    </a>
                </aside>
            </div>
        </section>
        <div class="bar groups">{GROUPS.map(|group| group_view(&group, lang)).collect_view()}</div>
        <script type="application/ld+json" inner_html=structured::help(lang)></script>
    };
    document(assets, about, content)
}

/// The search box as plain HTML, with the island of its results.
fn search(lang: Lang) -> impl IntoView {
    view! {
        <form id=SEARCH class="search" role="search">
            <label class="search-label" for=SEARCH_BOX>{SEARCH_LABEL.get(lang)}</label>
            <div class="search-box">
                {icon(Icon::Search)}
                <input
                    id=SEARCH_BOX
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    placeholder=SEARCH_PLACEHOLDER.get(lang)
                    aria-describedby=SEARCH_STATUS
                />
            </div>
            <p id=SEARCH_STATUS class="search-status" role="status"></p>
            <ErrorSearch lang=lang />
        </form>
    }
}

fn group_view(group: &Group, lang: Lang) -> impl IntoView + use<> {
    let heading = format!("group-{}", group.id);
    let errors = group
        .codes
        .iter()
        .map(|&code| {
            let text = code.texts().get(lang);
            view! {
                <li>
                    <a class="error-card" href=route::error(lang, code)>
                        <span class="code">{code.as_str()}</span>
                        <span class="error-card-title">{text.title()}</span>
                        <span class="error-card-text" inner_html=sentence(text.sentence())></span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="group" aria-labelledby=heading.clone()>
            <div class="group-head">
                <h2 id=heading.clone()>{group.title.get(lang)}</h2>
                <p>{group.text.get(lang)}</p>
            </div>
            <ul class="error-cards">{errors}</ul>
        </section>
    }
}
