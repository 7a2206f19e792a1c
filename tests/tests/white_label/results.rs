//! What a check leaves behind under another name: the page with its result, what is copied, what is saved.

use error_model::{Cause, Lang, strings};
use tests::browser::form::Settings;
use tests::browser::{relay::Relay, visit};
use tests::lab;

use crate::names::assert_renamed;
use crate::{RENAMED, SITE};

/// As [`assert_renamed`], of a text in which the certificates of the lab are named as they name themselves.
fn assert_ours_renamed(text: &str, place: &str) {
    assert_renamed(&text.replace("mailtriage lab", "lab"), place);
}

#[test]
fn a_result_its_report_and_its_files_say_the_operators_names() {
    let relay = Relay::configured(Some(lab::shared()), &RENAMED);
    visit(&relay, async |page| {
        page.allow_clipboard().await;
        let downloads = page.collect_downloads().await;
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            page.shows(Cause::NameNotCovered.texts().get(lang).title()).await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows(strings::card::FOR_SUPPORT.get(lang)).await;
            // With everything that is folded away.
            let all = "return document.documentElement.textContent";
            let shown = page.js(all, vec![]).await;
            assert_ours_renamed(shown.as_str().unwrap(), "the result");

            for button in [strings::card::COPY_IT, strings::card::COPY_SUPPORT] {
                page.click(button.get(lang)).await;
                page.shows(strings::card::COPIED.get(lang)).await;
                let copied =
                    page.js_with_callback("navigator.clipboard.readText().then(arguments[0], String)").await;
                let copied = copied.as_str().unwrap();
                assert!(copied.contains("covered.mail.test"));
                assert_ours_renamed(copied, button.en);
            }
            for (format, file) in [
                (strings::card::DOWNLOAD_MARKDOWN, "mail-check.md"),
                (strings::card::DOWNLOAD_JSON, "mail-check.json"),
            ] {
                let name = format!("{} {}", strings::card::DOWNLOAD.get(lang), format.get(lang));
                page.click(&name).await;
                let saved = downloads.take(page, file).await;
                assert!(saved.contains("uncovered.mail.test"), "{saved}");
                assert_ours_renamed(&saved, file);
            }
        }
        let brand = page.js("return document.querySelector('.brand-name').textContent", vec![]).await;
        assert_eq!(brand, SITE);
    });
}
