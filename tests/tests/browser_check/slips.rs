//! Slips in the form: each is named at its field, keeps what was typed, and is mended on a click where that can be.

use error_model::{Lang, Str, strings::form, strings::run::IDLE_TITLE};
use fantoccini::key::Key;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::shared;
use tests::browser::{Page, in_language, visit};

/// What is typed where, what the field then says, and the value that its button offers.
const SLIPS: [(&str, &str, Str, Option<&str>); 17] = [
    ("imap-host", "https://imap.example.com/mail", form::HOST_URL, Some("imap.example.com")),
    ("smtp-host", "http://smtp.example.com", form::HOST_URL, Some("smtp.example.com")),
    ("imap-host", "imap .example.com", form::HOST_SPACE, Some("imap.example.com")),
    ("imap-host", "ｉｍａｐ．ｅｘａｍｐｌｅ．ｃｏｍ", form::HOST_FULL_WIDTH, Some("imap.example.com")),
    ("imap-host", "user@imap.example.com", form::HOST_USER_INFO, Some("imap.example.com")),
    ("imap-host", "imap.example.com:993", form::HOST_PORT, Some("imap.example.com : 993")),
    ("imap-host", "imaps://imap.example.com:143/", form::HOST_URL, Some("imap.example.com : 143")),
    ("smtp-host", "smtp.example.com :587", form::HOST_PORT, Some("smtp.example.com : 587")),
    ("imap-host", "imap\u{200b}.example.com", form::HOST_CHARACTERS, Some("imap.example.com")),
    ("imap-host", "imap.example.com.", form::HOST_DOT, Some("imap.example.com")),
    ("email", "user\u{200b}@example.com", form::EMAIL_WIDTH, Some("user@example.com")),
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
                // Somebody's domain may really end in `.con`, and a dot at the end is right, if rare.
                if ![form::HOST_CON, form::HOST_DOT].contains(&said) {
                    assert_stopped(page, lang, id).await;
                }
                assert_eq!(page.value(id).await, typed, "{lang:?} {id}: what was typed stays");
                let Some(mended) = mended else { continue };
                page.click(&form::REPAIR.fill(lang, &[("value", mended)])).await;
                let (held, port) = mended.split_once(" : ").unwrap_or((mended, ""));
                page.until("the field is mended", async || page.value(id).await == held).await;
                if !port.is_empty() {
                    assert_eq!(page.value(&id.replace("host", "port")).await, port);
                }
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
    let summary = summary(page).await;
    assert!(summary.contains(form::FAULTS_TITLE.get(lang)), "{summary}");
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

/// What the form says at its top, all at once, to assistive technology too.
async fn summary(page: &Page) -> String {
    const SCRIPT: &str = "return document.querySelector('form [role=alert]').innerText";
    page.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned()
}

#[test]
fn everything_that_stands_in_the_way_is_listed_once_with_a_way_to_each_field() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            assert_eq!(summary(page).await, "");
            for (id, typed) in [("email", "user"), ("imap-host", "imap.example.com"), ("imap-port", "0")] {
                page.type_into(id, typed).await;
            }
            page.submit().await;
            page.until("the focus is in the first of them", async || page.focused_id().await == "email")
                .await;
            let said = summary(page).await;
            assert_eq!(
                said.lines().filter(|line| !line.trim().is_empty()).count(),
                3,
                "a title and two: {said}"
            );
            let port = plain(form::BAD_PORT, lang);
            let link = said.lines().find(|line| line.contains(&port)).expect("the port is among them");
            page.click(link.trim()).await;
            page.until("the link leads to the port", async || page.focused_id().await == "imap-port").await;
            page.type_into("imap-port", "993").await;
            page.until("what is mended is listed no more", async || !summary(page).await.contains(&port))
                .await;
        }
    });
}

#[test]
fn an_address_beyond_ascii_is_taken_and_what_that_means_is_said() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            page.type_into("email", "用户@例え.jp").await;
            page.press(Key::Tab).await;
            says(page, "email", form::EMAIL_INTERNATIONAL, lang).await;
            assert_eq!(page.value("user").await, "用户@例え.jp");
            let marked = page.field("email").await.attr("aria-invalid").await.expect("a field can be asked");
            assert_eq!(marked, None, "{lang:?}: it isn't wrong");
            assert_stopped(page, lang, "imap-host").await;
        }
    });
}

#[test]
fn a_reload_keeps_what_was_typed_and_no_secret() {
    const TYPED: [(&str, &str); 5] = [
        ("email", "user@example.com"),
        ("imap-host", "imap.example.com"),
        ("imap-port", "143"),
        ("smtp-host", "smtp.example.com"),
        ("user", "somebody"),
    ];
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            for (id, typed) in TYPED.into_iter().chain([("password", "Heimlich-7")]) {
                page.type_into(id, typed).await;
            }
            page.click_label("separate").await;
            page.type_into("smtp-user", "sender").await;
            page.type_into("smtp-password", "Heimlich-8").await;
            page.click_label("worked-before").await;
            let kept = page.js("return JSON.stringify({...sessionStorage, ...localStorage})", vec![]).await;
            let kept = kept.as_str().unwrap_or_default();
            assert!(kept.contains("somebody") && !kept.contains("Heimlich"), "{kept}");

            page.reload().await;
            for (id, typed) in
                TYPED.into_iter().chain([("smtp-user", "sender"), ("imap-security", "starttls")])
            {
                page.until(&format!("{lang:?}: {id} is there again"), async || page.value(id).await == typed)
                    .await;
            }
            for secret in ["password", "smtp-password"] {
                assert_eq!(page.value(secret).await, "", "{lang:?}: {secret} isn't kept");
            }
            for ticked in ["separate", "worked-before"] {
                let held = page.field(ticked).await.prop("checked").await.expect("a box can be asked");
                assert_eq!(held.as_deref(), Some("true"), "{lang:?}: {ticked}");
            }
        }
    });
}

#[test]
fn browsers_and_password_managers_are_told_what_belongs_where() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "check")).await;
            for (id, token) in [
                ("email", "email"),
                ("user", "username"),
                ("password", "current-password"),
                ("imap-host", "off"),
            ] {
                let told = page.field(id).await.attr("autocomplete").await.expect("a field can be asked");
                assert_eq!(told.as_deref(), Some(token), "{id}");
            }
            page.type_into("password", "Heimlich-7").await;
            let kind =
                async || page.field("password").await.attr("type").await.expect("a field can be asked");
            for (button, shown, kind_then) in
                [(form::SHOW_PASSWORD, form::SHOW, "text"), (form::HIDE_PASSWORD, form::HIDE, "password")]
            {
                let control = page.control(button.get(lang)).await;
                let text = control.text().await.expect("a button has a text");
                assert_eq!(text, shown.get(lang));
                control.click().await.expect("the button can be pressed");
                page.until("the password changes its looks", async || {
                    kind().await.as_deref() == Some(kind_then)
                })
                .await;
            }
        }
    });
}
