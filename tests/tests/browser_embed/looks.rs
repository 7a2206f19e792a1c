//! Language, theme, accent and compactness, by attributes.

use error_model::{Code, Lang, strings};
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::visit_host;

use crate::{answered, height, host_and_relay, title, with_loader};

#[test]
fn the_host_pages_language_is_taken_unless_the_element_has_its_own() {
    let (host, relay) = host_and_relay(None);
    host.put(
        "/",
        with_loader(
            &relay,
            "ja-JP",
            "<div data-mailtriage=\"006\"></div><div data-mailtriage=\"007\" lang=\"en\"></div>",
        ),
    );
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        for (number, code, lang) in [(0, Code::E006, Lang::Ja), (1, Code::E007, Lang::En)] {
            answered(page, usize::from(number)).await;
            page.enter_frame(number).await;
            page.shows(&title(code, lang)).await;
            page.leave_frame().await;
        }
    });
}

#[test]
fn a_theme_is_what_the_host_asks_for_or_the_readers() {
    const PAPER: &str = "return getComputedStyle(document.body).backgroundColor";
    const LIGHT: &str = "rgb(246, 245, 241)";
    const DARK: &str = "rgb(18, 22, 27)";
    let (host, relay) = host_and_relay(None);
    for theme in ["light", "dark", "auto"] {
        let element = format!("<div data-mailtriage=\"006\" data-theme=\"{theme}\"></div>");
        host.put(&format!("/{theme}"), with_loader(&relay, "en", &element));
    }
    visit_host(&host, &relay, async |page| {
        for (theme, scheme, paper) in [
            ("light", Scheme::Dark, LIGHT),
            ("dark", Scheme::Light, DARK),
            ("auto", Scheme::Dark, DARK),
            ("auto", Scheme::Light, LIGHT),
        ] {
            page.prefer(scheme).await;
            page.open_asleep(&format!("/{theme}")).await;
            answered(page, 0).await;
            page.enter_frame(0).await;
            page.shows(&title(Code::E006, Lang::En)).await;
            assert_eq!(page.js(PAPER, vec![]).await, paper, "{theme} for a reader with {scheme:?}");
            assert_accessible(page, &format!("{theme} for a reader with {scheme:?}")).await;
            page.leave_frame().await;
        }
    });
}

#[test]
fn an_accent_is_taken_as_far_as_it_can_be_read() {
    let (host, relay) = host_and_relay(None);
    for (path, accent) in [("/good", "#5b2c83"), ("/pale", "ffe08a"), ("/wrong", "red;}")] {
        let element =
            format!("<div data-mailtriage=\"006\" data-theme=\"light\" data-accent=\"{accent}\"></div>");
        host.put(path, with_loader(&relay, "en", &element));
    }
    visit_host(&host, &relay, async |page| {
        for (path, expected) in
            [("/good", Some("rgb(91 44 131)")), ("/pale", None), ("/wrong", Some("#17635c"))]
        {
            page.open_asleep(path).await;
            answered(page, 0).await;
            page.enter_frame(0).await;
            page.shows(&title(Code::E006, Lang::En)).await;
            let accent =
                "return getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
            let accent = page.js(accent, vec![]).await;
            match expected {
                Some(expected) => assert_eq!(accent, expected, "{path}"),
                None => assert_ne!(accent, "rgb(255 224 138)", "a pale accent becomes darker"),
            }
            page.click(strings::embed::CHECK_HERE.get(Lang::En)).await;
            assert_accessible(page, &format!("an accent, {path}")).await;
            page.leave_frame().await;
        }
    });
}

#[test]
fn compact_is_the_first_steps_and_the_test() {
    let (host, relay) = host_and_relay(None);
    host.put(
        "/",
        with_loader(
            &relay,
            "en",
            "<div data-mailtriage=\"006\"></div><mail-triage code=\"006\" data-compact></mail-triage>",
        ),
    );
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 0).await;
        answered(page, 1).await;
        assert!(height(page, 1).await * 2 < height(page, 0).await, "compact is less than half as high");
        page.enter_frame(1).await;
        page.shows(strings::page::FIRST_STEPS.get(Lang::En)).await;
        page.shows(strings::embed::CHECK_HERE.get(Lang::En)).await;
        assert!(!page.text().await.contains(strings::page::CAUSES_LEAD.get(Lang::En)));
        assert_accessible(page, "compact").await;
        page.leave_frame().await;
    });
}
