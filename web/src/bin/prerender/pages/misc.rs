//! The two pages that have no language of their own: the choice of one, and 'not found'.

use error_model::{
    Code, Lang,
    names::token,
    own_words::{HELP_TITLE, NOT_FOUND, TAGLINE},
    strings::page::{CHECK_TEASER_TITLE, GO_HELP, NOT_FOUND_CODES, NOT_FOUND_TITLE},
};
use leptos::prelude::*;
use web::route;

use super::shell::{brand_mark, common_head, language_name};
use crate::assets::Assets;

/// `/` where nobody redirects by `Accept-Language`.
pub fn choose_language(assets: &Assets) -> impl IntoView + use<> {
    let choices = Lang::ALL
        .map(|lang| {
            view! {
                <section lang=lang.as_str()>
                    <h2>{HELP_TITLE.token(lang)}</h2>
                    <a class="button primary" href=route::help(lang)>{language_name(lang)}</a>
                </section>
            }
        })
        .collect_view();
    plain_page(assets, &TAGLINE.token(Lang::En), choices)
}

/// For addresses that lead nowhere.
pub fn not_found(assets: &Assets) -> impl IntoView + use<> {
    let texts = Lang::ALL
        .map(|lang| {
            let errors = Code::FAULTS
                .map(|code| {
                    let title = code.texts().get(lang).title();
                    view! { <li><a class="code" href=route::error(lang, code) title=title>{code.as_str()}</a></li> }
                })
                .collect_view();
            view! {
                <section lang=lang.as_str()>
                    <h2>{NOT_FOUND_TITLE.get(lang)}</h2>
                    <p>{NOT_FOUND.token(lang)}</p>
                    <p>{NOT_FOUND_CODES.get(lang)}</p>
                    <ul class="codes">{errors}</ul>
                    <a class="button primary" href=route::help(lang)>{GO_HELP.get(lang)}</a>
                    <a class="button" href=route::check(lang, None)>{CHECK_TEASER_TITLE.get(lang)}</a>
                </section>
            }
        })
        .collect_view();
    plain_page(assets, "404", texts)
}

fn plain_page<V: IntoView + 'static>(assets: &Assets, title: &str, content: V) -> impl IntoView + use<V> {
    view! {
        <html lang="en">
            <head>
                {common_head(assets)}
                <title>{format!("{title} | {}", token::SITE)}</title>
                <meta name="robots" content="noindex" />
            </head>
            <body>
                <main class="plain-page" id="content">
                    <h1>{brand_mark()} {token::SITE}</h1>
                    {content}
                </main>
            </body>
        </html>
    }
}
