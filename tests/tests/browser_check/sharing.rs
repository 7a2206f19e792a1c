//! Taking the result away: clipboard and files, never with a password.

use error_model::{Cause, Lang, strings};
use tests::browser::form::Settings;
use tests::browser::relay::with_lab;
use tests::browser::{Page, visit};

use crate::diagnosed;

#[test]
fn a_result_is_copied_and_saved_with_what_helps_and_without_the_password() {
    visit(with_lab(), async |page| {
        page.allow_clipboard().await;
        let downloads = page.collect_downloads().await;
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            diagnosed(page, lang, Cause::NameNotCovered).await;

            for (button, text) in [
                (strings::card::COPY_IT, "covered.mail.test"),
                (strings::card::COPY_SUPPORT, "uncovered.mail.test"),
            ] {
                page.click(button.get(lang)).await;
                page.shows(strings::card::COPIED.get(lang)).await;
                assert_report(&clipboard(page).await, lang, text);
            }
            page.click(&save(strings::card::DOWNLOAD_MARKDOWN, lang)).await;
            assert_report(&downloads.take(page, "mail-check.md").await, lang, "uncovered.mail.test");
            page.click(&save(strings::card::DOWNLOAD_JSON, lang)).await;
            let json = downloads.take(page, "mail-check.json").await;
            assert!(!json.contains(Settings::UNCOVERED.password), "the password was saved");
            let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
            assert!(json.to_string().contains("name-not-covered"), "{json}");
        }
    });
}

fn assert_report(text: &str, lang: Lang, server: &str) {
    for part in ["006", Cause::NameNotCovered.texts().get(lang).title(), server] {
        assert!(text.contains(part), "“{part}” isn't in it:\n{text}");
    }
    assert!(!text.contains(Settings::UNCOVERED.password), "the password is in it:\n{text}");
}

fn save(format: error_model::Str, lang: Lang) -> String {
    format!("{} {}", strings::card::DOWNLOAD.get(lang), format.get(lang))
}

async fn clipboard(page: &Page) -> String {
    let text = page.js_with_callback("navigator.clipboard.readText().then(arguments[0], String)").await;
    text.as_str().unwrap_or_default().to_owned()
}
