//! A suggestion is filled in and tested again with one click: a port together with its security. (A host's name:
//! see `runs`.)

use error_model::{Cause, Lang, strings};
use fantoccini::key::Key;
use tests::browser::form::Settings;
use tests::browser::relay::with_lab;
use tests::browser::{Page, visit};

use crate::{diagnosed, healthy};

/// Receiving first, then sending: one click mends one service.
const STEPS: [(&str, &str, &str); 2] = [("imap", "143", "starttls"), ("smtp", "587", "starttls")];

async fn assert_filled_in(page: &Page, (lane, port, security): (&str, &str, &str)) {
    assert_eq!(page.value(&format!("{lane}-port")).await, port);
    assert_eq!(page.value(&format!("{lane}-security")).await, security);
}

#[test]
fn a_closed_port_is_mended_with_its_security_by_mouse() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::CLOSED).await;
            page.submit().await;
            for step in STEPS {
                let card = diagnosed(page, lang, Cause::PortClosed).await;
                for text in [step.1, "STARTTLS", strings::card::TRIED_WORKS.get(lang)] {
                    assert!(card.contains(text), "the card doesn't say “{text}”:\n{card}");
                }
                page.click(strings::card::APPLY_AND_TEST.get(lang)).await;
                assert_filled_in(page, step).await;
            }
            healthy(page, lang).await;
            page.shows(strings::card::OK_SIGNED_IN.get(lang)).await;
            assert_eq!(page.value("imap-host").await, "closed.mail.test", "the rest stays as typed");
        }
    });
}

#[test]
fn a_closed_port_is_mended_with_its_security_from_the_keyboard_and_the_code_that_was_seen_is_forgotten() {
    let settings = Settings { smtp: "good.mail.test", ..Settings::CLOSED };
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_keyboard(lang, &settings).await;
            page.tab_to(&strings::form::REPORTED.get(lang).replace("{product}", "Zendesk Sell")).await;
            page.keys("002").await;
            assert_eq!(page.value("reported").await, "002");
            page.tab_to(strings::form::SUBMIT.get(lang)).await;
            page.press(Key::Enter).await;
            diagnosed(page, lang, Cause::PortClosed).await;
            page.js("document.getElementById('result-title').focus()", vec![]).await;
            page.tab_to(strings::card::APPLY_AND_TEST.get(lang)).await;
            page.press(Key::Enter).await;
            // With 002 still chosen, what passes now would be held against it.
            healthy(page, lang).await;
            assert_filled_in(page, STEPS[0]).await;
            assert_eq!(page.value("reported").await, "");
        }
    });
}
