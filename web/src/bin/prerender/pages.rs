//! Every page, as whole HTML documents.

mod check;
mod check_form;
mod crawlers;
mod desk;
mod desk_app;
mod embed;
mod error;
mod head;
mod help;
mod misc;
mod shell;

use error_model::{Code, Lang};
use leptos::prelude::*;

pub use crawlers::{robots, sitemap};
pub use head::absolute;

use crate::{assets::Assets, providers::Provider};

/// A page and the file that it goes to, below the site's root.
pub struct Page {
    /// `ja/errors/006/index.html`.
    pub path: String,
    /// The whole document.
    pub html: String,
}

/// All pages.
pub fn all(assets: &Assets, providers: &[Provider]) -> Vec<Page> {
    let mut pages = vec![
        page("index.html".into(), || misc::choose_language(assets)),
        page("404.html".into(), || misc::not_found(assets)),
    ];
    for lang in Lang::ALL {
        let folder = lang.as_str();
        for desk in desk_app::Desk::ALL {
            let path = format!("apps/{}.{folder}.html", desk.as_str());
            pages.push(page(path, || desk_app::page(lang, desk, assets)));
        }
        pages.push(page(format!("{folder}/index.html"), || help::page(lang, assets)));
        pages.push(page(format!("{folder}/check/index.html"), || check::page(lang, assets)));
        pages.push(page(format!("{folder}/agent/index.html"), || desk::agent(lang, assets)));
        pages.push(page(format!("{folder}/join/index.html"), || desk::join(lang, assets)));
        for code in Code::FAULTS {
            pages.push(page(format!("{folder}/errors/{code}/index.html"), || {
                error::page(lang, code, assets, providers)
            }));
            let mut framed =
                page(format!("embed/{code}.{folder}.html"), || embed::page(lang, code, assets, providers));
            framed.html = embed::leading_out(&framed.html);
            pages.push(framed);
        }
    }
    pages
}

fn page<V: RenderHtml>(path: String, document: impl FnOnce() -> V) -> Page {
    let html = Owner::new().with(|| document().to_html());
    Page { path, html: format!("<!doctype html>\n{html}\n") }
}
