//! Slips in the form: each is named at its field, keeps what was typed, and is mended on a click where that can be.

use error_model::{Lang, Str, strings::form, strings::run::IDLE_TITLE};
use fantoccini::key::Key;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::shared;
use tests::browser::{Page, in_language, visit};

/// What is typed where, what the field then says, and the value that its button offers.
const SLIPS: [(&str, &str, Str, Option<&str>); 12] = [
    ("imap-host", "https://imap.example.com/mail", form::HOST_URL, Some("imap.example.com")),
    ("smtp-host", "http://smtp.example.com", form::HOST_URL, Some("smtp.example.com")),
    ("imap-host", "imap .example.com", form::HOST_SPACE, Some("imap.example.com")),
    ("imap-host", "ｉｍａｐ．ｅｘａｍｐｌｅ．ｃｏｍ", form::HOST_FULL_WIDTH, Some("imap.example.com")),
    ("imap-host", "user@imap.example.com", form::HOST_USER_INFO, Some("imap.example.com")),
    ("imap-host", "imap.example.com:993", form::HOST_PORT, Some("imap.example.com : 993")),
    ("imap-host", "imap.example.con", form::HOST_CON, Some("imap.example.com")),
    ("imap-port", "0", form::BAD_PORT, Some("993")),
    ("smtp-port", "70000", form::BAD_PORT, Some("465")),
    ("imap-port", "９９３", form::BAD_PORT, Some("993")),
    ("email", "user", form::NEED_AT, None),
    ("email", "ｕｓｅｒ＠example.com", form::EMAIL_WIDTH, Some("user@example.com")),
];

#[test]
fn a_slip_is_named_at_its_field_stops_the_test_keeps_what_was_typed_and_is_mended_on_a_click() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            for (id, typed, said, mended) in SLIPS {
                page.open(&in_language(lang, "check")).await;
                if id.ends_with("port") {
                    page.type_into(&id.replace("port", "host"), "mail.example.com").await;
                }
                page.type_into(id, typed).await;
                page.press(Key::Tab).await;
                says(page, id, said, lang).await;
                // Somebody's domain may really end in `.con`.
                if said != form::HOST_CON {
                    assert_stopped(page, lang, id).await;
                }
                assert_eq!(page.value(id).await, typed, "{lang:?} {id}: what was typed stays");
                let Some(mended) = mended else { continue };
                page.click(&form::REPAIR.fill(lang, &[("value", mended)])).await;
                let held = mended.split(" : ").next().unwrap_or(mended);
                page.until("the field is mended", async || page.value(id).await == held).await;
                let said = plain(said, lang);
                page.until("nothing is left to say", async || !described(page, id).await.contains(&said))
                    .await;
                assert_eq!(page.focused_id().await, id, "{lang:?}: the focus is back in the field");
            }
        }
    });
}

/// The form can't be sent: nothing starts, and the focus goes to the field, which is marked.
async fn assert_stopped(page: &Page, lang: Lang, id: &str) {
    page.submit().await;
    page.until(&format!("the focus is in {id}"), async || page.focused_id().await == id).await;
    let marked = page.field(id).await.attr("aria-invalid").await.expect("a field can be asked");
    assert_eq!(marked.as_deref(), Some("true"), "{lang:?} {id} is marked");
    let text = page.text().await;
    assert!(text.contains(IDLE_TITLE.get(lang)), "a test was started:\n{text}");
}

#[test]
fn a_test_without_any_server_or_without_a_user_name_for_the_password_asks_for_it() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("email", "user@example.com").await;
            assert_stopped(page, lang, "imap-host").await;
            says(page, "imap-host", form::NEED_SERVER, lang).await;

            page.open(&in_language(lang, "check")).await;
            page.type_into("imap-host", "imap.example.com").await;
            page.type_into("password", "secret").await;
            assert_stopped(page, lang, "user").await;
            says(page, "user", form::NEED_USER, lang).await;
            assert_eq!(page.value("password").await, "secret", "what was typed stays");
        }
    });
}

#[test]
fn swapped_servers_are_swapped_back_on_a_click() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("smtp-host", "imap.example.com").await;
            page.type_into("imap-host", "smtp.example.com").await;
            page.press(Key::Tab).await;
            says(page, "imap-host", form::HOST_SWAPPED, lang).await;
            page.click(form::REPAIR_SWAP.get(lang)).await;
            page.until("the names have changed places", async || {
                page.value("imap-host").await == "imap.example.com"
                    && page.value("smtp-host").await == "smtp.example.com"
            })
            .await;
        }
    });
}

#[test]
fn the_form_fills_in_what_follows_from_what_was_typed() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check?code=009")).await;
            page.until("the code is chosen", async || page.value("reported").await == "009").await;
            page.type_into("email", "user@example.com").await;
            assert_eq!(page.value("user").await, "user@example.com");
            page.type_into("imap-port", "143").await;
            page.until("the port decides", async || page.value("imap-security").await == "starttls").await;
            page.type_into("smtp-port", "587").await;
            page.until("the port decides", async || page.value("smtp-security").await == "starttls").await;
            assert!(!page.field("smtp-user").await.is_displayed().await.unwrap());
            page.click_label("separate").await;
            page.type_into("smtp-user", "sender").await;
            assert_eq!(page.value("user").await, "user@example.com", "the other name stays");
        }
    });
}

#[test]
fn what_is_typed_before_the_page_is_awake_counts() {
    visit(shared(), async |page| {
        page.open_asleep(&in_language(Lang::En, "check")).await;
        page.type_into("email", "user@example.com").await;
        page.until("the page is awake and has taken it over", async || {
            page.value("user").await == "user@example.com"
        })
        .await;
        assert_eq!(page.value("email").await, "user@example.com");
    });
}

#[test]
fn axe_finds_nothing_in_a_form_full_of_slips() {
    visit(shared(), async |page| {
        for (lang, scheme) in [(Lang::Ja, Scheme::Light), (Lang::En, Scheme::Dark)] {
            page.prefer(scheme).await;
            page.open(&in_language(lang, "check")).await;
            for (id, typed) in [
                ("email", "user"),
                ("imap-host", "https://imap.example.com/"),
                ("smtp-host", "ｓｍｔｐ.example.com"),
                ("imap-port", "0"),
            ] {
                page.type_into(id, typed).await;
            }
            page.submit().await;
            says(page, "imap-port", form::BAD_PORT, lang).await;
            assert_accessible(page, &format!("a form full of slips, {}", scheme.as_str())).await;
            page.resize(320).await;
            page.assert_no_sideways_scrolling("a form full of slips").await;
        }
    });
}

/// Waits until the description of a field, as assistive technology reads it, has this sentence.
async fn says(page: &Page, id: &str, sentence: Str, lang: Lang) {
    let sentence = plain(sentence, lang);
    page.until(&format!("{id} says “{sentence}”"), async || {
        described(page, id).await.contains(&sentence)
    })
    .await;
}

/// The sentence up to what is filled into it.
fn plain(sentence: Str, lang: Lang) -> String {
    let whole = sentence.get(lang);
    whole.split_once('{').map_or(whole, |(before, _)| before).trim().to_owned()
}

/// The visible text of everything that describes a field.
async fn described(page: &Page, id: &str) -> String {
    const SCRIPT: &str = "
        const ids = document.getElementById(arguments[0]).getAttribute('aria-describedby') ?? '';
        return ids.split(' ').map(id => document.getElementById(id)?.innerText ?? '').join(' ')";
    page.js(SCRIPT, vec![id.into()]).await.as_str().unwrap_or_default().to_owned()
}
