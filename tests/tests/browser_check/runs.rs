//! Whole runs: healthy, a name that the certificate doesn't cover, a wrong password.

use error_model::{Cause, Lane, Lang, Step, strings};
use fantoccini::key::Key;
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::look::Scheme;
use tests::browser::relay::with_lab;
use tests::browser::{Page, visit};

use crate::{announced, diagnosed, healthy, lane, open_drawer};

#[test]
fn a_healthy_account_passes_on_both_lanes_by_mouse() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.submit().await;
            assert_healthy(page, lang).await;
        }
        assert_accessible(page, "a passed run").await;
        page.prefer(Scheme::Dark).await;
        assert_accessible(page, "a passed run, dark").await;
    });
}

#[test]
fn a_healthy_account_passes_on_both_lanes_from_the_keyboard() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_keyboard(lang, &Settings::HEALTHY).await;
            page.press(Key::Enter).await;
            assert_healthy(page, lang).await;
            assert_eq!(page.focused().await, strings::run::TITLE.get(lang), "the focus is at the result");
        }
    });
}

async fn assert_healthy(page: &Page, lang: Lang) {
    healthy(page, lang).await;
    page.shows(strings::card::OK_SIGNED_IN.get(lang)).await;
    for each in [Lane::Imap, Lane::Smtp] {
        let text = lane(page, each).await;
        assert!(text.contains(strings::run::LANE_PASSED.get(lang)), "{text}");
        let passed = text.matches(strings::STATE_PASSED.get(lang)).count();
        assert_eq!(passed, Step::ALL.len(), "each step says that it passed:\n{text}");
    }
    let announced = announced(page).await;
    assert!(announced.contains(strings::run::FINISHED.get(lang)), "announced: {announced}");
}

#[test]
fn without_a_password_the_connection_alone_is_checked_and_the_page_says_so() {
    let settings = Settings { password: "", ..Settings::HEALTHY };
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &settings).await;
            page.click(strings::form::SUBMIT_CONNECTION.get(lang)).await;
            healthy(page, lang).await;
            page.shows(strings::card::OK_CONNECTION.get(lang)).await;
            let text = lane(page, Lane::Imap).await;
            assert!(text.contains(strings::run::LANE_CONNECTION_PASSED.get(lang)), "{text}");
            assert!(
                text.contains(strings::STATE_SKIPPED.get(lang)),
                "the sign-in is marked as skipped:\n{text}"
            );
        }
    });
}

#[test]
fn a_name_that_the_certificate_lacks_is_006_and_its_fix_is_applied_and_passes_by_mouse() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            assert_uncovered(page, lang).await;

            open_drawer(page, lang, Lane::Imap, Step::Certificate).await;
            page.shows(strings::run::CHAIN.get(lang)).await;
            assert_chain_is_drawn(page, lang).await;

            page.click(strings::card::APPLY.get(lang)).await;
            assert_eq!(page.value("imap-host").await, "covered.mail.test");
            assert_eq!(page.value("smtp-host").await, "good.mail.test", "the rest stays as typed");
            page.click(strings::card::APPLY_AND_TEST.get(lang)).await;
            assert_healthy(page, lang).await;
        }
    });
}

#[test]
fn a_name_that_the_certificate_lacks_is_006_and_its_fix_is_applied_and_passes_from_the_keyboard() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_keyboard(lang, &Settings::UNCOVERED).await;
            page.press(Key::Enter).await;
            assert_uncovered(page, lang).await;

            page.tab_to(strings::step(Step::Certificate).get(lang)).await;
            page.press(Key::Enter).await;
            page.shows(strings::run::CHAIN.get(lang)).await;
            assert_chain_is_drawn(page, lang).await;

            // From the start of the results again, as a person who has read them.
            page.js("document.getElementById('result-title').focus()", vec![]).await;
            page.tab_to(strings::card::APPLY_AND_TEST.get(lang)).await;
            page.press(Key::Enter).await;
            assert_healthy(page, lang).await;
            assert_eq!(page.value("imap-host").await, "covered.mail.test");
        }
    });
}

async fn assert_uncovered(page: &Page, lang: Lang) {
    let card = diagnosed(page, lang, Cause::NameNotCovered).await;
    let code_title = Cause::NameNotCovered.code().texts().get(lang).title();
    let imap = strings::lane(Lane::Imap).get(lang);
    let proven = strings::CONFIDENCE_PROVEN.get(lang);
    for text in ["006", code_title, imap, proven, "covered.mail.test", strings::card::TRIED_WORKS.get(lang)] {
        assert!(card.contains(text), "the card doesn't say “{text}”:\n{card}");
    }
    let text = lane(page, Lane::Imap).await;
    assert!(text.contains(strings::STATE_FAILED.get(lang)), "{text}");
    let text = lane(page, Lane::Smtp).await;
    assert!(text.contains(strings::run::LANE_PASSED.get(lang)), "the other lane isn't held up:\n{text}");
}

async fn assert_chain_is_drawn(page: &Page, lang: Lang) {
    let text = lane(page, Lane::Imap).await;
    for text_of_it in [
        strings::run::CHAIN_SERVER.get(lang),
        strings::run::CHAIN_INTERMEDIATE.get(lang),
        "mailtriage lab issuing authority",
        "covered.mail.test",
        strings::run::CHAIN_VALID.get(lang),
    ] {
        assert!(text.contains(text_of_it), "the chain doesn't show “{text_of_it}”:\n{text}");
    }
}

#[test]
fn a_wrong_password_is_009_by_mouse_and_is_shown_nowhere() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::WRONG_PASSWORD).await;
            page.submit().await;
            assert_refused(page, lang).await;
        }
        assert_accessible(page, "a failed run").await;
        page.prefer(Scheme::Dark).await;
        assert_accessible(page, "a failed run, dark").await;
    });
    let log = with_lab().log();
    assert!(!log.contains(Settings::WRONG_PASSWORD.password), "the relay's log has the password:\n{log}");
}

#[test]
fn a_wrong_password_is_009_from_the_keyboard_and_is_shown_nowhere() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_keyboard(lang, &Settings::WRONG_PASSWORD).await;
            page.press(Key::Enter).await;
            assert_refused(page, lang).await;
        }
    });
}

async fn assert_refused(page: &Page, lang: Lang) {
    let card = diagnosed(page, lang, Cause::WrongCredentials).await;
    let title = Cause::WrongCredentials.code().texts().get(lang).title();
    for text in ["009", title, strings::card::WHAT_TO_DO.get(lang)] {
        assert!(card.contains(text), "the card doesn't say “{text}”:\n{card}");
    }
    open_drawer(page, lang, Lane::Imap, Step::SignIn).await;
    page.shows(strings::run::TRANSCRIPT.get(lang)).await;
    // What Dovecot answers.
    page.shows("AUTHENTICATIONFAILED").await;
    let source = page.js("return document.documentElement.outerHTML", vec![]).await;
    let source = source.as_str().unwrap_or_default();
    assert!(!source.contains(Settings::WRONG_PASSWORD.password), "the password is in the page");
    assert_eq!(page.value("password").await, Settings::WRONG_PASSWORD.password, "the field keeps it");
}

#[test]
fn a_run_with_every_drawer_open_fits_into_320_pixels_and_passes_axe_in_both_schemes() {
    visit(with_lab(), async |page| {
        page.resize(320).await;
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.assert_no_sideways_scrolling("a filled form").await;
            page.submit().await;
            assert_uncovered(page, lang).await;
            page.js("for (const drawer of document.querySelectorAll('details')) drawer.open = true", vec![])
                .await;
            page.assert_no_sideways_scrolling("an opened run").await;
            for scheme in Scheme::ALL {
                page.prefer(scheme).await;
                assert_accessible(page, &format!("an opened run, {}", scheme.as_str())).await;
            }
        }
    });
}
