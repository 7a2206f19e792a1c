//! One error: what it means, what to try first, and every cause with its steps.

mod cause;
mod ending;
mod path;
mod providers;

use error_model::{
    Cause, Code, Lang,
    own_words::{ERROR_TEST, ERROR_TEST_TEXT, FOOTER_PRIVACY, Noted},
    strings::{
        article::JUMP_TO_CAUSE,
        page::{ALL_ERRORS, CAUSES, CAUSES_LEAD, CHECK_TEASER_BUTTON, ERROR_LABEL, FIRST_STEPS},
    },
    texts::Section,
};
use leptos::prelude::*;
use web::{
    route,
    view::icon::{Icon, icon},
};

use super::shell::{About, Scripts, document};
use crate::{
    assets::Assets,
    markdown::{blocks, plain, sentence},
    note,
    providers::Provider,
    structured,
};

/// The page of one error in one language.
pub fn page(lang: Lang, code: Code, assets: &Assets, providers: &[Provider]) -> impl IntoView + use<> {
    let text = code.texts().get(lang);
    let about = About {
        lang,
        title: format!("{code} {}", plain(text.title())),
        description: plain(text.sentence()),
        address: |lang, code| {
            Code::parse(code).map_or_else(|| route::help(lang), |code| route::error(lang, code))
        },
        subject: code.to_string(),
        scripts: Scripts::Nothing,
        privacy: FOOTER_PRIVACY.token(lang),
    };
    let content = view! {
        <div class="bar article-grid">
            <div class="article-main">
                <p class="crumb"><a href=route::help(lang)>{ALL_ERRORS.get(lang)}</a></p>
                {article(code, lang, providers)}
            </div>
            <aside class="article-side">
                {teaser(code, lang)}
                {contents(code, lang, "contents")}
            </aside>
        </div>
        <script type="application/ld+json" inner_html=structured::error(code, lang)></script>
        <script defer src=assets.article.clone()></script>
    };
    document(assets, about, content)
}

/// All that there is to read about an error, without what surrounds it on a page.
pub fn article(code: Code, lang: Lang, providers: &[Provider]) -> impl IntoView + use<> {
    let text = code.texts().get(lang);
    view! {
        <article class="article">
            <p class="article-code">
                <span>{ERROR_LABEL.get(lang)}</span>
                <span class="code code-large">{code.as_str()}</span>
            </p>
            <h1 inner_html=sentence(text.title())></h1>
            <p class="lead" inner_html=sentence(text.sentence())></p>
            <div class="prose" inner_html=blocks(text.explanation())></div>
            {note::of(Noted::Code(code), lang)}
            <section class="first" aria-labelledby="first-steps">
                <h2 id="first-steps">{FIRST_STEPS.get(lang)}</h2>
                <div class="prose steps" inner_html=blocks(text.section(Section::First))></div>
            </section>
            <a class="button primary article-check" href=route::check(lang, Some(code))>
                {ERROR_TEST.token(lang)} {icon(Icon::Arrow)}
            </a>
            {path::questions(code, lang)}
            <h2 class="causes-title" id="causes">{CAUSES.get(lang)}</h2>
            <p class="causes-lead">{CAUSES_LEAD.get(lang)}</p>
            {contents(code, lang, "jump")}
            {Cause::of(code).map(|cause| cause::section(cause, lang, providers)).collect_view()}
            {ending::related(code, lang)}
            {ending::support(code, lang)}
        </article>
    }
}

fn teaser(code: Code, lang: Lang) -> impl IntoView + use<> {
    view! {
        <div class="teaser">
            <h2>{ERROR_TEST.token(lang)}</h2>
            <p>{ERROR_TEST_TEXT.token(lang)}</p>
            <a class="button primary" href=route::check(lang, Some(code))>
                {CHECK_TEASER_BUTTON.get(lang)} {icon(Icon::Arrow)}
            </a>
        </div>
    }
}

/// Links to the causes: beside the article where there is room, else in it.
fn contents(code: Code, lang: Lang, place: &'static str) -> impl IntoView + use<> {
    let links = Cause::of(code)
        .map(|cause| {
            let title = cause.texts().get(lang).title();
            view! { <li><a href=format!("#{}", cause.id()) inner_html=sentence(title)></a></li> }
        })
        .collect_view();
    view! {
        <nav class=format!("contents {place}") aria-label=JUMP_TO_CAUSE.get(lang)>
            <p class="contents-title" aria-hidden="true">{JUMP_TO_CAUSE.get(lang)}</p>
            <ul>{links}</ul>
        </nav>
    }
}
