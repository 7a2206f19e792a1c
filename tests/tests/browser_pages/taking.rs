//! Taking an error page away: a link to a cause, the form for support, paper.

use error_model::{Lang, strings::article};
use serde_json::json;
use tests::browser::relay::shared;
use tests::browser::{Page, in_language, visit};

use super::{ERRORS, nth};

/// Calls back with what was copied last.
const CLIPBOARD: &str = "navigator.clipboard.readText().then(arguments[0], String)";

#[test]
fn a_cause_can_be_linked_to_and_its_link_copied() {
    visit(shared(), async |page| {
        page.allow_clipboard().await;
        for lang in Lang::ALL {
            page.open(&in_language(lang, "errors/006#name-not-covered")).await;
            let border = "return getComputedStyle(document.getElementById(arguments[0])).borderTopColor";
            let marked = page.js(border, vec!["name-not-covered".into()]).await;
            assert_ne!(
                marked,
                page.js(border, vec!["wrong-certificate".into()]).await,
                "the cause is marked"
            );
            let top = "return document.querySelector(':target').getBoundingClientRect().top";
            let top = page.js(top, vec![]).await.as_f64().expect("there is a target");
            assert!((0.0..400.0).contains(&top), "the cause is {top} px from the top of the window");
            let link = page.find("return document.querySelector('#wrong-certificate .anchor')", vec![]).await;
            link.expect("each cause has a link").click().await.expect("it can be clicked");
            said(page, article::LINK_COPIED.get(lang)).await;
            let copied = page.js_with_callback(CLIPBOARD).await;
            let address = in_language(lang, "errors/006#wrong-certificate");
            assert_eq!(copied, json!(format!("{}{address}", shared().origin())));
        }
    });
}

#[test]
fn the_form_for_support_is_copied_with_the_error_in_it() {
    visit(shared(), async |page| {
        page.allow_clipboard().await;
        for lang in Lang::ALL {
            page.open(&in_language(lang, "errors/009")).await;
            page.click(article::SEND_COPY.get(lang)).await;
            said(page, article::SEND_COPIED.get(lang)).await;
            let copied = page.js_with_callback(CLIPBOARD).await;
            let lines: Vec<&str> = copied.as_str().unwrap_or_default().lines().collect();
            assert!(lines[0].contains("009") && lines[0].ends_with(ERRORS[8].1[nth(lang)]), "{lines:?}");
            assert!(lines.contains(&article::SEND_IMAP.get(lang)), "{lines:?}");
        }
    });
}

#[test]
fn without_scripts_the_form_for_support_is_there_and_no_button_that_does_nothing() {
    visit(shared(), async |page| {
        page.disable_scripts().await;
        for lang in Lang::ALL {
            page.open_asleep(&in_language(lang, "errors/009")).await;
            page.shows(article::SEND_IMAP.get(lang)).await;
            let text = page.text().await;
            assert!(!text.contains(article::SEND_COPY.get(lang)), "{text}");
        }
    });
}

#[test]
fn printed_an_error_page_has_every_layer_open_and_nothing_that_needs_a_screen() {
    const HIDDEN: &str = "
        return [...document.querySelectorAll('details .prose')]
            .filter(part => !part.checkVisibility({ contentVisibilityAuto: true })).length";
    const CONTROLS: &str = "
        return [...document.querySelectorAll('nav, button, .button')]
            .filter(control => control.checkVisibility()).map(control => control.innerText)";
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "errors/006")).await;
            assert_ne!(page.js(HIDDEN, vec![]).await, 0, "on a screen the layers are closed");
            page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
            page.until("every layer is open on paper", async || page.js(HIDDEN, vec![]).await == 0).await;
            assert_eq!(page.js(CONTROLS, vec![]).await, json!([]), "{lang:?}: controls on paper");
            page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
        }
    });
}

/// Waits until assistive technology is told this.
async fn said(page: &Page, text: &str) {
    const STATUS: &str = "return document.querySelector('main [role=status]').innerText";
    page.until(&format!("“{text}” is said"), async || page.js(STATUS, vec![]).await == text).await;
}
