//! Signing in at the mail service's own page, and coming back to a test that has begun by itself.

use error_model::{
    Cause, Lane, Lang,
    strings::{self, path},
};
use fantoccini::key::Key;
use serde_json::Value;
use tests::browser::axe::assert_accessible;
use tests::browser::relay::{Relay, with_lab};
use tests::browser::{Page, in_language, visit, visit_by_way_of_the_issuer};
use tests::lab::shared;

use crate::{diagnosed, healthy, lane};

const USER: &str = "user@mail.test";

/// The name of the button of the lab's issuer.
fn button(lang: Lang) -> String {
    strings::form::OAUTH_BUTTON.get(lang).replace("{name}", "Lab Mail")
}

async fn offered(page: &Page) -> bool {
    page.js("return !document.getElementById('sign-in').hidden", vec![]).await == true
}

/// Clicks what a CSS selector finds, as soon as it's there.
async fn click_first(page: &Page, selector: &str) {
    page.until(selector, async || {
        page.find("return document.querySelector(arguments[0])", vec![selector.into()]).await.is_some()
    })
    .await;
    page.js("document.querySelector(arguments[0]).click()", vec![selector.into()]).await;
}

/// Opens the form and fills it in, once a sign-in is offered.
async fn fill_in(page: &Page, lang: Lang) {
    page.open(&in_language(lang, "check")).await;
    page.until("the relay offers a sign-in", async || offered(page).await).await;
    page.type_into("email", USER).await;
    page.type_into("imap-host", "asks-issuer.mail.test").await;
    page.type_into("smtp-host", "asks-issuer.mail.test").await;
}

/// Fills the form in, goes to the issuer, and signs in there as `account`.
async fn sign_in_as(page: &Page, lang: Lang, account: &str) {
    fill_in(page, lang).await;
    page.click(&button(lang)).await;
    page.until("the issuer asks who it is", async || {
        page.find("return document.querySelector('input[name=login]')", vec![]).await.is_some()
    })
    .await;
    const FILL: &str = "
        document.querySelector('input[name=login]').value = arguments[0];
        document.querySelector('input[name=password]').value = 'any';";
    page.js(FILL, vec![account.into()]).await;
    click_first(page, "button[type=submit]").await;
    page.until("the issuer asks for consent", async || {
        page.find("return document.querySelector('input[name=prompt][value=consent]')", vec![])
            .await
            .is_some()
    })
    .await;
    click_first(page, "button[type=submit]").await;
    let check = in_language(lang, "check");
    page.until("the browser is back", async || page.path().await == check).await;
}

/// Everything that scripts and people could find in the page and in what it keeps.
async fn everything(page: &Page) -> String {
    const SCRIPT: &str = "
        return [document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify(sessionStorage),
            JSON.stringify(localStorage), [...document.querySelectorAll('input')].map(input => input.value)].join('\\n')";
    page.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned()
}

#[test]
fn whoever_signs_in_comes_back_to_a_test_that_signs_in_with_it() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().configuration());
    visit_by_way_of_the_issuer(&relay, shared(), async |page| {
        for lang in Lang::ALL {
            sign_in_as(page, lang, USER).await;
            healthy(page, lang).await;
            for each in Lane::ALL {
                let text = lane(page, each).await;
                assert!(text.contains(strings::run::LANE_PASSED.get(lang)), "{text}");
            }
            assert_eq!(page.value("email").await, USER, "the form is as it was left");
            assert_eq!(page.value("imap-host").await, "asks-issuer.mail.test");
            let kept = everything(page).await;
            assert!(
                !kept.contains("#sign-in=") && !kept.contains("mailtriage.sign-in"),
                "something was left"
            );
            assert_eq!(page.js("return document.cookie", vec![]).await, Value::from(""), "no cookie");
            for kind in ["access_token", "id_token", "code", "verifier"] {
                let secrets = shared().issuer().ledger(kind);
                assert!(secrets.iter().all(|secret| !kept.contains(secret)), "the page has seen the {kind}");
            }
        }
    });
}

#[test]
fn whoever_signs_in_as_somebody_else_is_told_so() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().configuration());
    visit_by_way_of_the_issuer(&relay, shared(), async |page| {
        for lang in Lang::ALL {
            sign_in_as(page, lang, "other@mail.test").await;
            diagnosed(page, lang, Cause::IdentityMismatch).await;
        }
    });
}

#[test]
fn whoever_goes_by_keyboard_and_declines_is_told_what_is_missing_and_finds_the_form_as_it_was() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().configuration());
    visit_by_way_of_the_issuer(&relay, shared(), async |page| {
        for lang in Lang::ALL {
            fill_in(page, lang).await;
            assert_accessible(page, "a sign-in elsewhere is offered").await;
            page.type_into("password", "").await;
            const AT_THE_BUTTON: &str = "
                return document.activeElement.closest('#sign-in-buttons') !== null";
            let mut presses = 0;
            while page.js(AT_THE_BUTTON, vec![]).await != true {
                presses += 1;
                assert!(presses < 6, "the button is far from the password");
                page.press(Key::Tab).await;
            }
            page.press(Key::Enter).await;
            click_first(page, "a[href$='/abort']").await;
            let check = in_language(lang, "check");
            page.until("the browser is back", async || page.path().await == check).await;
            diagnosed(page, lang, Cause::ConsentMissing).await;
            assert_eq!(page.value("email").await, USER);
            assert_eq!(page.value("imap-host").await, "asks-issuer.mail.test");
            assert_accessible(page, "whoever declined is back").await;
        }
    });
}

#[test]
fn an_answer_that_this_window_did_not_ask_for_is_refused() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().configuration());
    visit(&relay, async |page| {
        for lang in Lang::ALL {
            page.open(&(in_language(lang, "check") + "#sign-in=somebody-else-s")).await;
            page.until("the relay offers a sign-in", async || offered(page).await).await;
            page.shows(strings::form::OAUTH_ENDED.get(lang)).await;
            assert_accessible(page, "a sign-in that isn't this window's").await;
            // An address for the sign-in comes first, too.
            page.click(&button(lang)).await;
            page.shows(strings::form::OAUTH_EMAIL.get(lang)).await;
            assert_eq!(page.focused_id().await, "email");
            page.open("/").await;
        }
    });
}

#[test]
fn where_nobody_can_be_asked_no_button_is_shown() {
    visit(with_lab(), async |page| {
        page.open(&in_language(Lang::Ja, "check")).await;
        const ASKED: &str = "return performance.getEntriesByType('resource').some(entry => entry.name.endsWith('/api/v1/oauth') && entry.responseEnd > 0)";
        page.until("the relay was asked", async || page.js(ASKED, vec![]).await == true).await;
        assert!(!offered(page).await);
        assert_eq!(
            page.js("return document.querySelectorAll('#sign-in-buttons button').length", vec![]).await,
            0
        );
    });
}

#[test]
fn the_messages_without_a_number_ask_a_few_questions_that_lead_to_a_test() {
    const LINKS: &str = "
        return [...document.querySelectorAll('.path-answer[open] a')].map(link => link.getAttribute('href'))";
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            for (code, question, answer, test, cause) in [
                ("auth", path::WORKED, path::WORKED_YES, "reconnect", Cause::AuthorisationRevoked),
                ("first-sync", path::WAITED, path::WAITED_SHORT, "first-sync", Cause::LargeMailbox),
                ("reconnect", path::RENAMED, path::RENAMED_YES, "reconnect", Cause::DifferentAccount),
            ] {
                page.open(&in_language(lang, &format!("errors/{code}"))).await;
                page.shows(question.get(lang)).await;
                const OPEN: &str = "
                    [...document.querySelectorAll('.path-questions > li')]
                        .find(item => item.querySelector('h3').innerText === arguments[0])
                        .querySelectorAll('summary')
                        .forEach(it => { if (it.innerText === arguments[1]) it.click(); })";
                page.js(OPEN, vec![question.get(lang).into(), answer.get(lang).into()]).await;
                let links = page.js(LINKS, vec![]).await;
                let cause = format!("/{}/errors/{}#{}", lang.as_str(), cause.code(), cause.id());
                let test = format!("/{}/check?code={test}", lang.as_str());
                let links = links.as_array().expect("a list");
                assert!(links.contains(&cause.into()) && links.contains(&test.into()), "{links:?}");
                assert_accessible(page, "the questions").await;
            }
        }
    });
}
