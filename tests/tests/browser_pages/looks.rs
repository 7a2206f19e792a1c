//! How pages look and are perceived: contrast and structure, narrow windows.

use error_model::Lang;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::shared;
use tests::browser::{in_language, visit};

use super::{ERRORS, KINDS, search::search};

#[test]
fn axe_finds_nothing_on_any_kind_of_page_in_light_and_in_dark() {
    visit(shared(), async |page| {
        for scheme in Scheme::ALL {
            page.prefer(scheme).await;
            for lang in Lang::ALL {
                for kind in KINDS {
                    let path = in_language(lang, kind);
                    page.open(&path).await;
                    assert_accessible(page, &format!("{path}, {}", scheme.as_str())).await;
                }
            }
        }
        page.open("/en/").await;
        search(page, "certificate").await;
        assert_accessible(page, "the help page with results, dark").await;
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
