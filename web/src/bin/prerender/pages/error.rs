//! One error: what it means, what to try first, and every cause with its steps.

use error_model::{
    Cause, Code, Lang, Str,
    strings::page::{
        ALL_ERRORS, CAUSES, CAUSES_LEAD, CHECK_TEASER_BUTTON, CHECK_THIS, CHECK_THIS_TEXT, ERROR_LABEL,
        FIRST_STEPS, FOR_IT, FOR_PROVIDER, FOR_SUPPORT, LINK_TO_CAUSE, STEPS,
    },
    texts::{Section, Text},
};
use leptos::prelude::*;
use web::{
    route,
    view::icon::{Icon, icon},
};

use super::shell::{About, document};
use crate::{
    assets::Assets,
    markdown::{blocks, plain, sentence},
};

/// The page of one error in one language.
pub fn page(lang: Lang, code: Code, assets: &Assets) -> impl IntoView + use<> {
    let text = code.texts().get(lang);
    let about = About {
        lang,
        title: format!("{code} {}", plain(text.title())),
        description: plain(text.sentence()),
        address: |lang, code| {
            Code::parse(code).map_or_else(|| route::help(lang), |code| route::error(lang, code))
        },
        subject: code.to_string(),
        islands: false,
    };
    let causes: Vec<Cause> = Cause::ALL.iter().copied().filter(|cause| cause.code() == code).collect();
    let contents = causes
        .iter()
        .map(|cause| {
            let title = cause.texts().get(lang).title();
            view! { <li><a href=format!("#{}", cause.id()) inner_html=sentence(title)></a></li> }
        })
        .collect_view();
    let content = view! {
        <div class="bar article-grid">
            <article class="article">
                <p class="crumb"><a href=route::help(lang)>{ALL_ERRORS.get(lang)}</a></p>
                <p class="article-code">
                    <span>{ERROR_LABEL.get(lang)}</span>
                    <span class="code code-large">{code.as_str()}</span>
                </p>
                <h1 inner_html=sentence(text.title())></h1>
                <p class="lead" inner_html=sentence(text.sentence())></p>
                <div class="prose" inner_html=blocks(text.explanation())></div>
                <section class="first" aria-labelledby="first-steps">
                    <h2 id="first-steps">{FIRST_STEPS.get(lang)}</h2>
                    <div class="prose steps" inner_html=blocks(text.section(Section::First))></div>
                </section>
                <h2 class="causes-title" id="causes">{CAUSES.get(lang)}</h2>
                <p class="causes-lead">{CAUSES_LEAD.get(lang)}</p>
                {causes.iter().map(|&cause| cause_view(cause, lang)).collect_view()}
            </article>
            <aside class="article-side">
                <div class="teaser">
                    <h2>{CHECK_THIS.get(lang)}</h2>
                    <p>{CHECK_THIS_TEXT.get(lang)}</p>
                    <a class="button primary" href=route::check(lang, Some(code))>
                        {CHECK_TEASER_BUTTON.get(lang)} {icon(Icon::Arrow)}
                    </a>
                </div>
                <nav class="contents" aria-labelledby="contents-title">
                    <h2 id="contents-title">{CAUSES.get(lang)}</h2>
                    <ul>{contents}</ul>
                </nav>
            </aside>
        </div>
    };
    document(assets, about, content)
}

fn cause_view(cause: Cause, lang: Lang) -> impl IntoView {
    let text = cause.texts().get(lang);
    let id = cause.id();
    let heading = format!("{id}-title");
    view! {
        <section class="cause" id=id aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>
                <span inner_html=sentence(text.title())></span>
                <a class="anchor" href=format!("#{id}") aria-label=LINK_TO_CAUSE.get(lang)>{icon(Icon::Link)}</a>
            </h3>
            <p class="cause-sentence" inner_html=sentence(text.sentence())></p>
            <div class="prose" inner_html=blocks(text.explanation())></div>
            <h4>{STEPS.get(lang)}</h4>
            <div class="prose steps" inner_html=blocks(text.section(Section::Person))></div>
            <div class="layers">
                {layer(text, Section::It, FOR_IT, lang)} {layer(text, Section::Provider, FOR_PROVIDER, lang)}
                {layer(text, Section::Support, FOR_SUPPORT, lang)}
            </div>
        </section>
    }
}

fn layer(text: Text, section: Section, title: Str, lang: Lang) -> impl IntoView {
    view! {
        <details class="layer">
            <summary>{title.get(lang)}</summary>
            <div class="prose" inner_html=blocks(text.section(section))></div>
        </details>
    }
}
