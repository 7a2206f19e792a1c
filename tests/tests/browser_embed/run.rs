//! A test of the connection from within a frame, and the way from there to the whole check.

use error_model::{Cause, Lang, strings};
use serde_json::json;
use tests::browser::{Page, visit_host};
use tests::lab;

use crate::{answered, host_and_relay, with_loader};

#[test]
fn the_page_around_hears_what_was_found_and_nothing_of_the_settings() {
    let (host, relay) = host_and_relay(Some(lab::shared()));
    for lang in Lang::ALL {
        host.put(
            &format!("/{}", lang.as_str()),
            with_loader(&relay, lang.as_str(), "<div data-mailtriage=\"006\"></div>"),
        );
    }
    visit_host(&host, &relay, async |page| {
        for lang in Lang::ALL {
            page.open_asleep(&format!("/{}", lang.as_str())).await;
            page.js("window.heard = []; addEventListener('message', e => heard.push(e.data)); addEventListener('mailtriage:diagnosis', e => heard.push(e.detail))", vec![]).await;
            answered(page, 0).await;
            page.enter_frame(0).await;
            page.until("the frame is awake", async || {
                page.js("return document.documentElement.dataset.ready", vec![]).await == "true"
            })
            .await;
            page.click(strings::embed::CHECK_HERE.get(lang)).await;
            page.type_into("email", "user@mail.test").await;
            page.type_into("imap-host", "uncovered.mail.test").await;
            page.type_into("smtp-host", "good.mail.test").await;
            page.submit().await;
            page.shows(Cause::NameNotCovered.texts().get(lang).title()).await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.leave_frame().await;
            let detail = json!({"code": "006", "cause": "name-not-covered", "confidence": "proven"});
            page.until("the host's page hears it", async || {
                let heard = page.js("return heard", vec![]).await;
                heard.as_array().is_some_and(|heard| heard.contains(&detail))
            })
            .await;
            let all = page.js("return JSON.stringify(heard)", vec![]).await.to_string();
            for private in ["mail.test", "user", "127."] {
                assert!(!all.contains(private), "{private} is in {all}");
            }
        }
    });
}

#[test]
fn testing_the_sign_in_opens_the_whole_check_with_the_settings_in_it() {
    let (host, relay) = host_and_relay(None);
    host.put("/", with_loader(&relay, "en", "<div data-mailtriage=\"006\"></div>"));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 0).await;
        page.enter_frame(0).await;
        page.until("the frame is awake", async || {
            page.js("return document.documentElement.dataset.ready", vec![]).await == "true"
        })
        .await;
        page.click(strings::embed::CHECK_HERE.get(Lang::En)).await;
        page.type_into("imap-host", "imap.crm.example").await;
        page.type_into("smtp-host", "smtp.crm.example").await;
        page.type_into("smtp-port", "587").await;
        page.click(strings::embed::TEST_SIGN_IN.get(Lang::En)).await;
        page.to_newest_window().await;
        page.until("the check is awake", async || {
            page.js("return document.documentElement.dataset.ready", vec![]).await == "true"
        })
        .await;
        assert_settings(page).await;
        let address = page.js("return location.pathname + location.search + location.hash", vec![]).await;
        assert_eq!(address, "/en/check?code=006", "the settings don't stay in the address");
        assert_eq!(page.js("return opener", vec![]).await, json!(null));
    });
}

async fn assert_settings(page: &Page) {
    for (id, value) in [
        ("imap-host", "imap.crm.example"),
        ("imap-port", "993"),
        ("smtp-host", "smtp.crm.example"),
        ("smtp-port", "587"),
        ("smtp-security", "starttls"),
        ("reported", "006"),
        ("password", ""),
    ] {
        assert_eq!(page.value(id).await, value, "{id}");
    }
}
