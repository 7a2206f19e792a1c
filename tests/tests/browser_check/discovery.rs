//! The look-up of settings in the form: what it fills in, what it leaves alone, and what it says about it.

use error_model::{
    Lang, Str,
    discovery::{InBoth, Need},
    strings::{discovery, form},
};
use fantoccini::key::Key;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::with_lab;
use tests::browser::{Page, in_language, visit};
use tests::lab::ca::MARKUP;

use crate::{RAN, announced};

/// A domain with a settings file over https, and another one over http that says something else.
const FILES: &str = "user@files.mail.test";

fn filled(source: Str, lang: Lang) -> String {
    discovery::FILLED.fill(lang, &[("source", source.get(lang))])
}

async fn holds(page: &Page, fields: &[(&str, &str)]) {
    for (id, value) in fields {
        page.until(&format!("{id} holds {value}"), async || page.value(id).await == *value).await;
    }
}

/// The visible text of everything that describes the password field, as assistive technology reads it.
async fn beside_the_password(page: &Page) -> String {
    const SCRIPT: &str = "
        return document.getElementById('password').getAttribute('aria-describedby').split(' ')
            .map(id => document.getElementById(id).innerText).join('\\n')";
    page.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned()
}

const FROM_THE_FILE: [(&str, &str); 6] = [
    ("imap-host", "good.mail.test"),
    ("imap-port", "993"),
    ("imap-security", "tls"),
    ("smtp-host", "good.mail.test"),
    ("smtp-port", "465"),
    ("user", "user"),
];

#[test]
fn settings_are_filled_in_on_leaving_the_address_and_another_answer_is_chosen_by_mouse() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("email", FILES).await;
            page.field("password").await.click().await.expect("a field can be clicked");
            page.shows(&filled(discovery::SOURCE_AUTOCONFIG, lang)).await;
            page.shows(discovery::WORKS.get(lang)).await;
            holds(page, &FROM_THE_FILE).await;
            assert_eq!(page.focused_id().await, "password", "{lang:?}: the focus stays where it is");
            assert!(announced(page).await.contains(&filled(discovery::SOURCE_AUTOCONFIG, lang)), "{lang:?}");

            page.click(&discovery::OTHERS.fill(lang, &[("n", "1")])).await;
            page.shows("two-passwords.mail.test:993").await;
            for scheme in Scheme::ALL {
                page.prefer(scheme).await;
                assert_accessible(page, &format!("a form with two answers, {}", scheme.as_str())).await;
            }
            let other = discovery::SOURCE_INSECURE.get(lang);
            page.click(&discovery::USE_FROM.fill(lang, &[("source", other)])).await;
            holds(page, &[("imap-host", "two-passwords.mail.test"), ("user", FILES)]).await;
            assert_eq!(page.focused_id().await, "imap-host", "{lang:?}: the focus is where it changed");
            let first = discovery::SOURCE_AUTOCONFIG.get(lang);
            page.click(&discovery::USE_FROM.fill(lang, &[("source", first)])).await;
            holds(page, &FROM_THE_FILE).await;
        }
    });
}

#[test]
fn settings_are_filled_in_and_another_answer_is_chosen_from_the_keyboard() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.tab_to(form::EMAIL.get(lang)).await;
            page.keys(FILES).await;
            // A pause is enough: nobody has to leave the field.
            page.shows(&filled(discovery::SOURCE_AUTOCONFIG, lang)).await;
            assert_eq!(page.focused_id().await, "email");
            holds(page, &FROM_THE_FILE).await;

            page.tab_to(discovery::AGAIN.get(lang)).await;
            page.tab_to(&discovery::OTHERS.fill(lang, &[("n", "1")])).await;
            page.press(Key::Enter).await;
            let other = discovery::SOURCE_INSECURE.get(lang);
            page.tab_to(&discovery::USE_FROM.fill(lang, &[("source", other)])).await;
            page.press(Key::Enter).await;
            holds(page, &[("imap-host", "two-passwords.mail.test")]).await;
        }
    });
}

#[test]
fn what_was_typed_stays_and_looking_again_changes_nothing_of_it() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("imap-host", "mine.mail.test").await;
            page.type_into("email", FILES).await;
            page.press(Key::Tab).await;
            let source = discovery::SOURCE_AUTOCONFIG.get(lang);
            let kept = discovery::KEPT.fill(lang, &[("source", source)]);
            page.shows(&kept).await;
            holds(page, &[("imap-host", "mine.mail.test"), ("smtp-host", "good.mail.test")]).await;

            page.type_into("smtp-host", "").await;
            page.type_into("smtp-host", "own.mail.test").await;
            page.click(discovery::AGAIN.get(lang)).await;
            page.until("the answer is there again", async || {
                let text = page.text().await;
                text.contains(&kept) && !text.contains(&looking("files.mail.test", lang))
            })
            .await;
            holds(page, &[("imap-host", "mine.mail.test"), ("smtp-host", "own.mail.test")]).await;
        }
    });
}

fn looking(domain: &str, lang: Lang) -> String {
    discovery::LOOKING.fill(lang, &[("domain", domain)])
}

#[test]
fn another_address_is_looked_up_anew_and_nothing_found_is_said_plainly() {
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("email", FILES).await;
            page.shows(&filled(discovery::SOURCE_AUTOCONFIG, lang)).await;
            page.type_into("email", "user@mail.test").await;
            page.shows(&filled(discovery::SOURCE_SRV, lang)).await;
            holds(page, &[("smtp-port", "587"), ("smtp-security", "starttls"), ("user", "user@mail.test")])
                .await;

            page.type_into("email", "user@no-such-domain.mail.test").await;
            page.press(Key::Tab).await;
            page.shows(discovery::NOTHING.get(lang)).await;
            holds(page, &[("imap-host", ""), ("smtp-host", ""), ("smtp-port", "465")]).await;
        }
    });
}

#[test]
fn what_a_provider_asks_of_those_who_sign_in_stands_beside_the_password() {
    visit(with_lab(), async |page| {
        for (lang, scheme) in [(Lang::Ja, Scheme::Dark), (Lang::En, Scheme::Light)] {
            page.prefer(scheme).await;
            page.open(&in_language(lang, "check")).await;
            page.type_into("email", "anna@gmail.com").await;
            page.press(Key::Tab).await;
            // The lab has no host of the name for sending.
            page.shows(discovery::TRIED_SILENT.get(lang)).await;
            holds(page, &[("imap-host", "imap.gmail.com"), ("user", "anna@gmail.com")]).await;
            let gmail = InBoth { ja: "Gmail".to_owned(), en: "Gmail".to_owned() };
            let need = Need::AppPassword.said_of(&gmail).text.get(lang).to_owned();
            let beside = beside_the_password(page).await;
            assert!(beside.contains(&need), "{beside}");
            let help = page.control(&discovery::HELP.fill(lang, &[("name", "Gmail")])).await;
            let address = help.attr("href").await.expect("a link can be asked").unwrap_or_default();
            assert!(address.starts_with("https://support.google.com/"), "{address}");
            assert_accessible(page, &format!("a form with a provider's needs, {}", scheme.as_str())).await;

            page.type_into("email", "user@mail.test").await;
            page.shows(&filled(discovery::SOURCE_SRV, lang)).await;
            let beside = beside_the_password(page).await;
            assert!(!beside.contains(&need), "another provider's need stays: {beside}");
        }
    });
}

#[test]
fn nothing_below_moves_while_settings_are_looked_up() {
    const TOP: &str = "return document.getElementById('imap-host').getBoundingClientRect().top + scrollY";
    visit(with_lab(), async |page| {
        for (lang, width) in [(Lang::Ja, 360), (Lang::En, 360), (Lang::Ja, 1280), (Lang::En, 1280)] {
            page.resize(width).await;
            page.open(&in_language(lang, "check")).await;
            let before = page.js(TOP, vec![]).await;
            page.type_into("email", FILES).await;
            page.press(Key::Tab).await;
            page.shows(&looking("files.mail.test", lang)).await;
            assert_eq!(page.js(TOP, vec![]).await, before, "{lang:?} {width}: while looking");
            page.shows(&filled(discovery::SOURCE_AUTOCONFIG, lang)).await;
            assert_eq!(page.js(TOP, vec![]).await, before, "{lang:?} {width}: when found");
            page.assert_no_sideways_scrolling("a form with settings that were found").await;
        }
    });
}

#[test]
fn markup_in_a_file_of_a_stranger_is_text_and_nothing_runs() {
    visit(with_lab(), async |page| {
        page.open(&in_language(Lang::En, "check")).await;
        page.type_into("email", "user@markup-files.mail.test").await;
        page.press(Key::Tab).await;
        holds(page, &[("imap-host", "good.mail.test"), ("user", MARKUP)]).await;
        let ran = page.js(RAN, vec![]);
        assert_eq!(ran.await, serde_json::json!(["undefined", 0]));
    });
    let log = with_lab().log();
    assert!(!log.contains("markup-files"), "the relay's log has an address:\n{log}");
}
