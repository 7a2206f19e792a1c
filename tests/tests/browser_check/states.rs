//! Every state of the check passes axe in both languages, light and dark, and fits into 320 pixels.

use error_model::{Lang, strings};
use fantoccini::key::Key;
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::look::Scheme;
use tests::browser::relay::with_lab;
use tests::browser::{Page, in_language, visit};

use crate::healthy;

/// A server that accepts and then says nothing: a run that lasts.
const LASTING: Settings = Settings { imap: "silent-inside.mail.test", ..Settings::HEALTHY };

async fn assert_good_in_every_way(page: &Page, state: &str, lang: Lang) {
    for scheme in Scheme::ALL {
        page.prefer(scheme).await;
        assert_accessible(page, &format!("{state}, {}, {}", lang.as_str(), scheme.as_str())).await;
    }
    page.resize(320).await;
    page.assert_no_sideways_scrolling(state).await;
    page.resize(1280).await;
}

#[test]
fn axe_finds_nothing_in_a_form_empty_or_stopped() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            assert_good_in_every_way(page, "an empty form", lang).await;
            for (id, typed) in
                [("email", "user"), ("imap-host", "https://imap.example.com/"), ("imap-port", "0")]
            {
                page.type_into(id, typed).await;
            }
            // The click goes where it was aimed at, whatever is said of the field that is left for it.
            page.submit().await;
            page.shows(strings::form::FAULTS_TITLE.get(lang)).await;
            assert_good_in_every_way(page, "a form that was stopped", lang).await;
        }
    });
}

#[test]
fn axe_finds_nothing_in_a_run_under_way_stopped_or_without_a_sign_in() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &LASTING).await;
            // Once in each language, because a run doesn't wait.
            page.prefer(if lang == Lang::Ja { Scheme::Light } else { Scheme::Dark }).await;
            page.resize(320).await;
            page.submit().await;
            page.shows(strings::run::RUNNING.get(lang)).await;
            page.assert_no_sideways_scrolling("a run under way").await;
            assert_accessible(page, "a run under way").await;
            page.click(strings::form::CANCEL.get(lang)).await;
            page.shows(strings::run::CANCELLED.get(lang)).await;
            assert_good_in_every_way(page, "a cancelled run", lang).await;

            page.fill_by_mouse(lang, &Settings { password: "", ..Settings::HEALTHY }).await;
            page.submit().await;
            healthy(page, lang).await;
            assert_good_in_every_way(page, "a check of the connection", lang).await;
        }
    });
}

#[test]
fn a_run_is_stopped_and_begun_again_from_the_keyboard() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_keyboard(lang, &LASTING).await;
            page.press(Key::Enter).await;
            page.shows(strings::run::RUNNING.get(lang)).await;
            page.js("document.getElementById('password').focus()", vec![]).await;
            page.tab_to(strings::form::CANCEL.get(lang)).await;
            page.press(Key::Enter).await;
            page.shows(strings::run::CANCELLED.get(lang)).await;
            page.js("document.getElementById('result-title').focus()", vec![]).await;
            page.tab_to(strings::run::AGAIN.get(lang)).await;
            page.press(Key::Enter).await;
            page.shows(strings::run::RUNNING.get(lang)).await;
        }
    });
}
