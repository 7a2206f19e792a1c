//! Logo, colours, support address and links, as people see them; and what the relay refuses to start with.

use std::process::Command;

use error_model::Lang;
use tests::binary::mailtriage;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::Relay;
use tests::browser::{http, in_language, visit};
use tests::directory::Directory;

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\"><rect width=\"60\" height=\"20\" fill=\"#5b2c83\"/>\
    <script>document.title = 'owned'</script></svg>";
const LINKS: &str =
    "[{ja = '利用規約', en = 'Terms & conditions', href = 'https://crm.example/terms?a=1&b=2'}]";

#[test]
fn logo_colours_support_and_links_are_the_operators_in_both_languages() {
    const ACCENT: &str = "return getComputedStyle(document.querySelector('.button.primary')).backgroundColor";
    let directory = Directory::new();
    let logo = directory.file("logo.svg", LOGO.as_bytes());
    let relay = Relay::configured(
        None,
        &[
            ("MAILTRIAGE_BRAND_LOGO", &logo),
            ("MAILTRIAGE_BRAND_ACCENT", "#5b2c83"),
            ("MAILTRIAGE_BRAND_ACCENT_DARK", "#d6b4f0"),
            ("MAILTRIAGE_BRAND_SUPPORT", "mailto:help@crm.example?subject=Mail"),
            ("MAILTRIAGE_BRAND_LINKS", LINKS),
        ],
    );
    visit(&relay, async |page| {
        for (lang, terms) in [(Lang::Ja, "利用規約"), (Lang::En, "Terms & conditions")] {
            for (scheme, accent) in
                [(Scheme::Light, "rgb(91, 44, 131)"), (Scheme::Dark, "rgb(214, 180, 240)")]
            {
                page.prefer(scheme).await;
                page.open(&in_language(lang, "")).await;
                let drawn =
                    "const i = document.querySelector('.brand img'); return i.complete && i.naturalWidth";
                page.until("the logo is drawn", async || page.js(drawn, vec![]).await == 60).await;
                assert_eq!(page.js(ACCENT, vec![]).await, accent, "{lang:?} {scheme:?}");
                assert_accessible(page, &format!("another brand, {lang:?} {scheme:?}")).await;
            }
            let support = page.control("help@crm.example").await.attr("href").await.unwrap();
            assert_eq!(support.as_deref(), Some("mailto:help@crm.example?subject=Mail"));
            let link = page.control(terms).await.attr("href").await.unwrap();
            assert_eq!(link.as_deref(), Some("https://crm.example/terms?a=1&b=2"));
        }
        let logo = page.js("return new URL(document.querySelector('.brand img').src).pathname", vec![]).await;
        let served = http::get(&relay, logo.as_str().unwrap(), &[]);
        assert_eq!(served.header("content-type"), Some("image/svg+xml"));
        assert_eq!(served.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert!(served.header("content-security-policy").unwrap().contains("sandbox"));
        page.open_asleep(logo.as_str().unwrap()).await;
        assert_ne!(page.js("return document.title", vec![]).await, "owned", "nothing in a logo runs");
        // That the script was stopped is told on the console.
        let told = page.console().await;
        assert!(told.iter().all(|line| line.contains("script")), "{told:?}");
    });
}

#[test]
fn without_support_and_links_nothing_speaks_of_them() {
    let page = http::get(tests::browser::relay::shared(), "/en/", &[]).body;
    assert!(
        !page.contains("Support:") && !page.contains("site-links") && !page.contains("brand-logo"),
        "{page}"
    );
    assert!(page.contains("brand-mark"));
}

#[test]
fn a_file_that_is_no_logo_and_a_colour_that_cannot_be_read_stop_the_start() {
    let directory = Directory::new();
    let (text, large) = (directory.file("text.svg", b"hello"), directory.file("large.png", &[0; 70_000]));
    for (variable, value, said) in [
        ("MAILTRIAGE_BRAND_LOGO", text.as_str(), "brand.logo: the file is neither SVG nor PNG"),
        ("MAILTRIAGE_BRAND_LOGO", large.as_str(), "brand.logo: the file has 70000 bytes"),
        ("MAILTRIAGE_BRAND_LOGO", "/nowhere/logo.svg", "brand.logo: No such file"),
        ("MAILTRIAGE_BRAND_ACCENT", "#ffe08a", "brand.accent: a contrast of 4.5:1"),
        ("MAILTRIAGE_BRAND_SUPPORT", "help@crm.example", "brand.support: mailto:ADDRESS"),
    ] {
        let mut command = Command::new(mailtriage());
        let output = command.args(["serve", "--listen", "127.0.0.1:0"]).env(variable, value).output();
        let output = output.expect("the program starts");
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(said), "{message}");
    }
}
