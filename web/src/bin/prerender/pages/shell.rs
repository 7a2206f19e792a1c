//! What every page has around its content: head, header, footer.

use error_model::{
    Lang,
    names::token,
    own_words::{FOOTER_SUPPORT, TAGLINE},
    strings::page::{NAV_CHECK, NAV_HELP, NAV_MAIN, SKIP_LINK},
};
use leptos::prelude::*;
use web::route;

use super::head;
use crate::assets::{Assets, Program};

/// What a page says of itself.
pub struct About {
    /// The page's language.
    pub lang: Lang,
    /// The title, without the site's name.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// The same page in each language.
    pub address: fn(Lang, &str) -> String,
    /// What `address` is told besides the language.
    pub subject: String,
    /// What the page loads.
    pub scripts: Scripts,
    /// What the footer says of cookies and passwords.
    pub privacy: String,
}

/// The program that a page loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// None.
    Nothing,
    /// That of the islands.
    Page,
    /// That of live triage, which has the islands too.
    Desk,
}

/// The whole document around `content`.
pub fn document<V: IntoView + 'static>(assets: &Assets, about: About, content: V) -> impl IntoView + use<V> {
    let own = about.lang.as_str().to_uppercase();
    let identity = head::identity(&about, assets);
    let About { lang, address, subject, scripts: program, privacy, .. } = about;
    let other = match lang {
        Lang::Ja => Lang::En,
        Lang::En => Lang::Ja,
    };
    view! {
        <html lang=lang.as_str() data-product=token::PRODUCT data-site=token::SITE>
            <head>
                {common_head(assets)}
                {identity}
                {match program {
                    Scripts::Nothing => None,
                    Scripts::Page => Some(scripts(&assets.page)),
                    Scripts::Desk => Some(scripts(&assets.desk)),
                }}
                {(program == Scripts::Desk).then(|| view! { <link rel="stylesheet" href=assets.desk_css.clone() /> })}
            </head>
            <body>
                <a class="skip" href="#content">{SKIP_LINK.get(lang)}</a>
                <header class="site-header">
                    <div class="bar">
                        <a class="brand" href=route::help(lang)>
                            {brand_mark()}
                            <span class="brand-name">{token::SITE}</span>
                            <span class="brand-line">{TAGLINE.token(lang)}</span>
                        </a>
                        <nav aria-label=NAV_MAIN.get(lang)>
                            <a href=route::help(lang)>{NAV_HELP.get(lang)}</a>
                            <a href=route::check(lang, None)>{NAV_CHECK.get(lang)}</a>
                            <a class="language" lang=other.as_str() hreflang=other.as_str() href=address(other, &subject)>
                                {language_name(other)}
                            </a>
                        </nav>
                    </div>
                </header>
                <main id="content" tabindex="-1">{content}</main>
                <footer class="site-footer">
                    <div class="bar">
                        <p>{privacy}</p>
                        "__IF_SUPPORT__"
                        <p>{FOOTER_SUPPORT.token(lang)} " " <a href=token::SUPPORT>{token::SUPPORT_LABEL}</a></p>
                        "__END_SUPPORT__"
                        {format!("__IF_LINKS_{own}__")}
                        <p class="site-links">{format!("__LINKS_{own}__")}</p>
                        {format!("__END_LINKS_{own}__")}
                    </div>
                </footer>
            </body>
        </html>
    }
}

/// The part of the head that is the same on every page.
pub fn common_head(assets: &Assets) -> impl IntoView + use<> {
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        "__IF_LOGO__"
        <link rel="icon" href=token::LOGO />
        "__ELSE_LOGO__"
        <link rel="icon" href=assets.icon.clone() type="image/svg+xml" />
        "__END_LOGO__"
        <link rel="stylesheet" href=assets.css.clone() />
        "__IF_STYLE__"
        <link rel="stylesheet" href=token::STYLE />
        "__END_STYLE__"
    }
}

/// What loads and wakes the islands.
pub fn scripts(program: &Program) -> impl IntoView + use<> {
    view! {
        <link rel="modulepreload" href=program.js.clone() />
        <link rel="preload" href=program.wasm.clone() r#as="fetch" type="application/wasm" crossorigin="" />
        <script type="module" src=program.boot.clone()></script>
    }
}

/// A language's own name for itself.
pub const fn language_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "日本語",
        Lang::En => "English",
    }
}

/// The operator's logo, or an envelope whose flap is a tick.
pub fn brand_mark() -> impl IntoView {
    view! {
        "__IF_LOGO__"
        <img class="brand-logo" src=token::LOGO alt="" height="32" />
        "__ELSE_LOGO__"
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect x="3" y="6" width="26" height="20" rx="4" />
            <path d="M8.5 13l6 6L25 8.5" />
        </svg>
        "__END_LOGO__"
    }
}
