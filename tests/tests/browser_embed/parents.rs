//! Who may frame the pages, and what a page in a frame is like.

use error_model::{Cause, Code, Lang, strings};
use tests::browser::axe::assert_accessible;
use tests::browser::host::{Host, HostPage};
use tests::browser::relay::{Relay, shared};
use tests::browser::{http, visit_host};

use crate::{answered, document, height, host_and_relay, strict, title, with_loader};

const WITH_LINK: &str =
    "<div data-mailtriage=\"006\"><a href=\"https://crm.example/help\">Error 006</a></div>";

#[test]
fn a_parent_that_is_allowed_shows_the_page_and_its_height_follows() {
    let (host, relay) = host_and_relay(None);
    for lang in Lang::ALL {
        host.put(&format!("/{}", lang.as_str()), with_loader(&relay, lang.as_str(), WITH_LINK));
    }
    visit_host(&host, &relay, async |page| {
        for lang in Lang::ALL {
            page.open_asleep(&format!("/{}", lang.as_str())).await;
            answered(page, 0).await;
            page.until("the link gave way", async || {
                page.js("return document.querySelector('[data-mailtriage] a').checkVisibility()", vec![])
                    .await
                    == false
            })
            .await;
            let name = page.js("return document.querySelector('iframe').title", vec![]).await;
            assert_eq!(name, "Error 006", "a frame is announced by what it replaces");
            let before = height(page, 0).await;

            page.enter_frame(0).await;
            page.shows(&title(Code::E006, lang)).await;
            let awake = "return document.documentElement.dataset.ready === 'true'";
            page.until("the frame is awake", async || page.js(awake, vec![]).await == true).await;
            assert_accessible(page, &format!("the frame, {lang:?}")).await;
            let fits = "return document.documentElement.scrollHeight <= innerHeight + 1";
            page.until("nothing is cut off", async || page.js(fits, vec![]).await == true).await;
            page.click(strings::embed::CHECK_HERE.get(lang)).await;
            page.until("nothing is cut off with the test open", async || page.js(fits, vec![]).await == true)
                .await;
            assert_accessible(page, &format!("the frame with its form, {lang:?}")).await;
            let password =
                page.js("return document.querySelector('input[type=password], #user')", vec![]).await;
            assert!(password.is_null(), "a frame doesn't ask for a password");
            page.leave_frame().await;
            assert!(height(page, 0).await > before + 200, "the frame grew with what was opened in it");
        }
    });
}

#[test]
fn a_parent_that_is_not_allowed_keeps_its_link() {
    let host = Host::start();
    let relay = Relay::configured(None, &[("MAILTRIAGE_FRAME_ANCESTORS", "https://help.crm.example")]);
    host.put("/", with_loader(&relay, "en", WITH_LINK));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        let told = page.complaints("frame-ancestors").await;
        // Our greeting to what the browser shows instead is nothing that it complains of. Whatever it says later is found
        // at the end of the visit.
        assert!(told.iter().all(|line| line.contains("frame-ancestors")), "{told:#?}");
        assert_eq!(height(page, 0).await, 0);
        page.shows("Error 006").await;
    });
}

#[test]
fn where_the_loader_is_blocked_the_link_leads_to_the_error() {
    let (host, relay) = host_and_relay(None);
    for lang in Lang::ALL {
        let element = format!(
            "<div data-mailtriage=\"006\"><a href=\"{}/{}/errors/006\">Error 006</a></div>",
            relay.origin(),
            lang.as_str()
        );
        let HostPage { html, .. } = with_loader(&relay, lang.as_str(), &element);
        let policy = "default-src 'none'; script-src 'self'; img-src data:".to_owned();
        host.put(&format!("/{}", lang.as_str()), HostPage { policy, html });
    }
    visit_host(&host, &relay, async |page| {
        for lang in Lang::ALL {
            page.open_asleep(&format!("/{}", lang.as_str())).await;
            let mut told = Vec::new();
            page.until("the browser says that it blocked the loader", async || {
                told.extend(page.console().await);
                !told.is_empty()
            })
            .await;
            let blocked = |line: &String| line.contains("/embed.js") && line.contains("script-src");
            assert!(told.iter().all(blocked), "{told:#?}");
            assert_eq!(page.js("return document.querySelectorAll('iframe').length", vec![]).await, 0);
            page.click("Error 006").await;
            page.shows(&title(Code::E006, lang)).await;
        }
    });
}

#[test]
fn only_the_pages_for_frames_may_be_framed() {
    let (host, relay) = host_and_relay(None);
    let policy = |path: &str| {
        let answer = http::get(&relay, path, &[]);
        answer.header("content-security-policy").expect("every answer has a policy").to_owned()
    };
    for path in
        ["/ja/", "/ja/errors/006", "/en/check", "/embed/006.ja.html", "/embed/nothing", "/api/v1/catalogue"]
    {
        assert!(policy(path).contains("frame-ancestors 'none'"), "{path}: {}", policy(path));
    }
    let framed = policy("/embed/006?lang=ja");
    assert!(framed.contains(&format!("frame-ancestors 'self' {};", host.origin())), "{framed}");
    assert!(framed.contains("script-src 'self'") && !framed.contains("unsafe-inline"), "{framed}");
    let unset = http::get(shared(), "/embed/006", &[]);
    assert!(unset.header("content-security-policy").unwrap().contains("frame-ancestors 'self';"));

    let loader = http::get(&relay, "/embed.js", &[]);
    assert_eq!(loader.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert_eq!(loader.header("cache-control"), Some("public, max-age=3600"));
    assert_eq!(loader.header("content-type"), Some("text/javascript; charset=utf-8"));
}

#[test]
fn the_language_is_the_one_asked_for_or_the_readers() {
    let in_lang = |path: &str, headers: &[&str], lang: &str| {
        let answer = http::get(shared(), path, headers);
        assert!(answer.body.contains(&format!("<html lang=\"{lang}\"")), "{path} {headers:?}");
    };
    in_lang("/embed/006?lang=ja", &["Accept-Language: en"], "ja");
    in_lang("/embed/006?lang=en-GB", &["Accept-Language: ja"], "en");
    in_lang("/embed/6", &["Accept-Language: ja,en;q=0.5"], "ja");
    assert_eq!(http::get(shared(), "/embed/999", &[]).status, 404);
}

#[test]
fn without_scripts_a_plain_frame_is_complete_and_its_links_lead_out() {
    let host = Host::near();
    let relay = Relay::configured(None, &[("MAILTRIAGE_FRAME_ANCESTORS", &host.origin())]);
    let frame = format!(
        "<iframe src=\"{}/embed/006?lang=ja\" title=\"006\" height=\"900\"></iframe>",
        relay.origin()
    );
    host.put("/", document(&strict(&relay), "ja", &frame));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        page.disable_scripts().await;
        page.open_asleep("/").await;
        page.enter_frame(0).await;
        page.shows(&title(Code::E006, Lang::Ja)).await;
        let text = page.text().await;
        for cause in Cause::of(Code::E006) {
            let title = cause.texts().get(Lang::Ja).title().replace('`', "");
            assert!(text.contains(&title), "{title} isn't in the frame");
        }
        page.control(strings::page::CHECK_THIS.get(Lang::Ja)).await;
        assert!(
            !text.contains(strings::embed::CHECK_HERE.get(Lang::Ja)),
            "a test that can't run isn't offered"
        );
        let staying = "return [...document.querySelectorAll('a:not([href^=\"#\"])')]
            .filter(a => a.target !== '_blank' || a.rel !== 'noopener').map(a => a.outerHTML)";
        assert_eq!(page.js(staying, vec![]).await, serde_json::json!([]));
    });
}
