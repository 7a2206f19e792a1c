//! The code that the person saw, on the card: how it stands to what was found, and why the two may differ.

use error_model::{Cause, Lang, Relation, Why, strings::reported};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::relay::{EGRESS, with_lab};
use tests::browser::{Page, in_language, visit};

use crate::diagnosed;

/// Chooses what the person saw.
async fn choose(page: &Page, code: &str) {
    const SCRIPT: &str = "
        const choice = document.getElementById('reported');
        choice.value = arguments[0];
        choice.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js(SCRIPT, vec![code.into()]).await;
}

/// The first part of a sentence, up to its first gap after the product's name.
fn beginning(sentence: &str) -> String {
    let sentence = sentence.replace("{product}", "Zendesk Sell");
    sentence.split('{').next().unwrap_or_default().to_owned()
}

#[test]
fn a_code_that_was_reported_is_chosen_already_and_compared_with_what_was_found() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "errors/006")).await;
            page.click(error_model::strings::page::CHECK_TEASER_BUTTON.get(lang)).await;
            page.until("the check is awake", async || {
                page.js("return document.documentElement.dataset.ready === 'true'", vec![]).await == true
            })
            .await;
            page.until("006 is chosen", async || page.value("reported").await == "006").await;
            for id in ["imap-host", "smtp-host"] {
                page.type_into(id, "good.mail.test").await;
            }
            page.submit().await;
            let card = diagnosed(page, lang, Cause::WorksFromHere).await;
            let stale = beginning(reported::why(Why::DnsTtl).get(lang));
            for text in ["006", "60", "(UTC)", reported::REASONS.get(lang), &stale, EGRESS] {
                assert!(card.contains(text), "the card doesn't say “{text}”:\n{card}");
            }
        }
        assert_accessible(page, "a comparison with reasons").await;
        page.resize(320).await;
        page.assert_no_sideways_scrolling("a comparison with reasons").await;
    });
}

#[test]
fn a_code_that_the_fault_may_be_shown_as_is_told_to_be_the_same_and_needs_no_reason() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            let expired = Settings { imap: "expired.mail.test", ..Settings::HEALTHY };
            page.fill_by_mouse(lang, &expired).await;
            choose(page, "008").await;
            page.submit().await;
            let card = diagnosed(page, lang, Cause::Expired).await;
            let same = reported::relation(Relation::AlsoShownAs).get(lang);
            let same = same.replace("{product}", "Zendesk Sell");
            let same = same.replace("{code}", &reported::code(error_model::Code::E008, lang));
            assert!(card.contains(&same), "the card doesn't say “{same}”:\n{card}");
            assert!(!card.contains(reported::REASONS.get(lang)), "{card}");
        }
    });
}

#[test]
fn a_message_without_a_number_goes_by_its_words() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::CLOSED).await;
            choose(page, "first-sync").await;
            page.submit().await;
            let card = diagnosed(page, lang, Cause::PortClosed).await;
            let message = reported::code(error_model::Code::FirstSync, lang);
            assert!(card.contains(&message), "the card doesn't say “{message}”:\n{card}");
        }
    });
}
