//! What a page says of itself to search engines and to whoever shows a link to it.

use error_model::{Lang, names::token};
use leptos::{html, prelude::*};
use web::route;

use super::shell::{About, Scripts};
use crate::assets::Assets;

/// An address of the site as others need it. A relay that doesn't know its origin leaves the path alone.
pub fn absolute(path: &str) -> String {
    format!("{}{path}", token::ORIGIN)
}

/// Title, description, this page in each language, and how a link to it is shown.
pub fn identity(about: &About, assets: &Assets) -> impl IntoView + use<> {
    let About { lang, title, description, address, subject, scripts, .. } = about;
    let here = absolute(&address(*lang, subject));
    let alternates = Lang::ALL
        .map(|other| {
            let there = absolute(&address(other, subject));
            view! { <link rel="alternate" hreflang=other.as_str() href=there /> }
        })
        .collect_view();
    let neutral = neutral(|lang| address(lang, subject));
    let locale = match lang {
        Lang::Ja => "ja_JP",
        Lang::En => "en_US",
    };
    // Live triage is for whoever was given its address.
    let hidden = (*scripts == Scripts::Desk).then(|| view! { <meta name="robots" content="noindex" /> });
    view! {
        {hidden}
        <title>{format!("{title} | {}", token::SITE)}</title>
        <meta name="description" content=description.clone() />
        <link rel="canonical" href=here.clone() />
        {alternates}
        <link rel="alternate" hreflang="x-default" href=absolute(&neutral) />
        {property("og:type", "article".to_owned())}
        {property("og:title", title.clone())}
        {property("og:description", description.clone())}
        {property("og:url", here)}
        {property("og:locale", locale.to_owned())}
        {property("og:image", absolute(&assets.social))}
        <meta name="twitter:card" content="summary_large_image" />
    }
}

/// The page for readers of other languages: only `/` asks a browser for its language, other pages are offered in English.
pub fn neutral(address: impl Fn(Lang) -> String) -> String {
    let english = address(Lang::En);
    if english == route::help(Lang::En) { "/".to_owned() } else { english }
}

/// The Open Graph has its names in an attribute of its own.
fn property(name: &'static str, content: String) -> impl IntoView {
    html::meta().attr("property", name).content(content)
}
