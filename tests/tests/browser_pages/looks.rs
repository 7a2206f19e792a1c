//! How pages look and are perceived: contrast and structure, narrow windows.

use error_model::Lang;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::shared;
use tests::browser::{in_language, visit};

use super::{ERRORS, search::search};

#[test]
fn axe_finds_nothing_on_any_page_in_light() {
    every_page_is_accessible(Scheme::Light);
}

#[test]
fn axe_finds_nothing_on_any_page_in_dark() {
    every_page_is_accessible(Scheme::Dark);
}

/// Every page as it opens; the error pages with every layer open besides.
fn every_page_is_accessible(scheme: Scheme) {
    const OPEN: &str = "document.querySelectorAll('main details').forEach(layer => layer.open = true)";
    visit(shared(), async |page| {
        page.prefer(scheme).await;
        for lang in Lang::ALL {
            let errors = ERRORS.map(|(code, _)| format!("errors/{code}"));
            for kind in errors.iter().map(String::as_str).chain(["", "check"]) {
                let path = in_language(lang, kind);
                page.open(&path).await;
                if kind.starts_with("errors/") {
                    page.js(OPEN, vec![]).await;
                }
                assert_accessible(page, &format!("{path}, {}", scheme.as_str())).await;
            }
        }
    });
}

#[test]
fn axe_finds_nothing_in_what_the_search_shows() {
    visit(shared(), async |page| {
        for scheme in Scheme::ALL {
            page.prefer(scheme).await;
            for (lang, query) in [(Lang::En, "certificate"), (Lang::Ja, "証明書"), (Lang::Ja, "zzzzzz")] {
                page.open(&in_language(lang, "")).await;
                search(page, query).await;
                assert_accessible(page, &format!("results of {query}, {}", scheme.as_str())).await;
            }
        }
    });
}

#[test]
fn nothing_scrolls_sideways_in_a_window_of_320_pixels() {
    visit(shared(), async |page| {
        page.resize(320).await;
        for lang in Lang::ALL {
            let errors = ERRORS.map(|(code, _)| format!("errors/{code}"));
            for kind in errors.iter().map(String::as_str).chain(["", "check"]) {
                page.open(&in_language(lang, kind)).await;
                page.assert_no_sideways_scrolling(&format!("{lang:?} {kind}")).await;
            }
        }
    });
}
