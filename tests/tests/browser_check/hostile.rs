//! Servers whose words are markup, reverse the direction of writing or speak to a terminal.

use error_model::{Lang, strings};
use tests::browser::form::Settings;
use tests::browser::relay::with_lab;
use tests::browser::visit;

use crate::RAN;

#[test]
fn markup_and_controls_from_a_server_are_shown_as_text_and_nothing_runs() {
    let settings = Settings {
        email: "user@mail.test",
        imap: "hostile.mail.test",
        smtp: "hostile.mail.test",
        password: "",
    };
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &settings).await;
            page.type_into("smtp-port", "587").await;
            page.submit().await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.js("for (const drawer of document.querySelectorAll('details')) drawer.open = true", vec![])
                .await;
            // The greeting of one server, the certificate's name of the other.
            for shown in
                ["220 <img src=x onerror=ran=1><script>ran=1</script>", "<script>ran=1</script>.mail.test"]
            {
                page.shows(shown).await;
            }
            let text = page.text().await;
            for escaped in ["\\u{202e}", "\\u{1b}"] {
                assert!(text.contains(escaped), "{escaped} isn't shown:\n{text}");
            }
            let raw = page.js("return document.documentElement.outerHTML", vec![]).await;
            let raw = raw.as_str().unwrap_or_default();
            assert!(
                !raw.contains(['\u{202e}', '\u{202c}', '\u{1b}']),
                "a control of the server is in the page"
            );
            let ran = page.js(RAN, vec![]);
            assert_eq!(ran.await, serde_json::json!(["undefined", 0]));
        }
    });
}
