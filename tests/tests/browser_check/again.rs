//! A second test: what changed since the first, and one side by itself.

use error_model::{Cause, Lane, Lang, Step, strings};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::relay::with_lab;
use tests::browser::{Page, visit};

use crate::{diagnosed, healthy, lane, open_drawer};

/// What the page says of the changes, when it says so.
async fn changes(page: &Page, lang: Lang) -> String {
    page.shows(strings::run::CHANGES.get(lang)).await;
    let text = page.js("return document.querySelector('.changes').innerText", vec![]).await;
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn after_a_second_test_the_page_says_what_changed() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            diagnosed(page, lang, Cause::NameNotCovered).await;
            let shown = page.text().await;
            assert!(!shown.contains(strings::run::CHANGES.get(lang)), "a first test has nothing before it");

            page.type_into("imap-host", "covered.mail.test").await;
            page.submit().await;
            healthy(page, lang).await;
            let text = changes(page, lang).await;
            let certificate = strings::step(Step::Certificate).get(lang);
            let state = |state: error_model::Str| state.get(lang);
            for part in [
                "006",
                "uncovered.mail.test:993",
                "covered.mail.test:993",
                certificate,
                state(strings::STATE_FAILED),
                state(strings::STATE_PASSED),
            ] {
                assert!(text.contains(part), "{lang:?}: “{part}” isn't among the changes:\n{text}");
            }
            assert!(!text.contains("good.mail.test"), "{lang:?}: the other server is the same:\n{text}");
            assert_accessible(page, "a second test").await;

            page.submit().await;
            page.shows(strings::run::CHANGES_NONE.get(lang)).await;
        }
    });
}

#[test]
fn one_side_is_tested_again_by_itself() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            diagnosed(page, lang, Cause::NameNotCovered).await;
            // What is wrong on the other side doesn't stand in the way.
            page.type_into("imap-port", "0").await;
            let again = strings::run::AGAIN_LANE.get(lang);
            page.click(&format!("{}: {again}", strings::lane(Lane::Smtp).get(lang))).await;
            healthy(page, lang).await;
            let skipped = lane(page, Lane::Imap).await;
            assert!(skipped.contains(strings::run::LANE_NOT_ASKED.get(lang)), "{skipped}");
            let tested = lane(page, Lane::Smtp).await;
            assert!(tested.contains(strings::run::LANE_PASSED.get(lang)), "{tested}");
            assert_eq!(page.value("imap-host").await, Settings::UNCOVERED.imap, "the form keeps both");
        }
    });
}

#[test]
fn a_name_in_other_letters_is_shown_as_typed_and_asked_for_as_the_network_writes_it() {
    const NAMES: [(&str, &str); 2] =
        [("münchen.mail.test", "xn--mnchen-3ya.mail.test"), ("日本語.mail.test", "xn--wgv71a119e.mail.test")];
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            for (typed, asked) in NAMES {
                page.fill_by_mouse(
                    lang,
                    &Settings { imap: typed, smtp: "", password: "", ..Settings::HEALTHY },
                )
                .await;
                page.submit().await;
                page.shows(strings::run::FINISHED.get(lang)).await;
                assert_eq!(page.value("imap-host").await, typed);
                open_drawer(page, lang, Lane::Imap, Step::Resolve).await;
                let text = lane(page, Lane::Imap).await;
                for name in [typed, asked] {
                    assert!(text.contains(name), "{lang:?}: {name} isn't shown:\n{text}");
                }
            }
        }
    });
}

#[test]
fn the_names_that_other_programs_give_to_a_fault_are_told_to_it() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            diagnosed(page, lang, Cause::NameNotCovered).await;
            page.click(strings::card::FOR_IT.get(lang)).await;
            for name in [
                strings::card::KNOWN_AS.get(lang),
                "SSL_ERROR_BAD_CERT_DOMAIN",
                "NET::ERR_CERT_COMMON_NAME_INVALID",
                "Wrong Site",
                "X509_V_ERR_HOSTNAME_MISMATCH (62)",
            ] {
                page.shows(name).await;
            }
        }
    });
}
