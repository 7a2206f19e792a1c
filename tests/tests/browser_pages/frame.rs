//! What every page has in common: languages, headers, addresses that lead nowhere, nothing stored.

use error_model::Lang;
use serde_json::json;
use tests::browser::axe::assert_accessible;
use tests::browser::relay::shared;
use tests::browser::{http, in_language, visit};

use super::{ERRORS, KINDS};

#[test]
fn the_bare_address_leads_to_the_language_that_the_browser_prefers() {
    for (accepted, start) in [
        ("ja,en-US;q=0.9,en;q=0.8", "/ja/"),
        ("en-GB,en;q=0.9,ja;q=0.5", "/en/"),
        ("fr, ja;q=0.5", "/ja/"),
        ("fr", "/en/"),
    ] {
        let answer = http::get(shared(), "/", &[&format!("Accept-Language: {accepted}")]);
        assert_eq!(answer.header("location"), Some(start), "{accepted}");
        assert!((300..400).contains(&answer.status), "{accepted}: {}", answer.status);
    }
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.prefer_languages(lang.as_str()).await;
            page.open("/").await;
            assert_eq!(page.path().await, in_language(lang, ""));
            assert_eq!(page.js("return document.documentElement.lang", vec![]).await, lang.as_str());
        }
    });
}

#[test]
fn an_address_that_leads_nowhere_says_so_in_both_languages_and_shows_the_way() {
    for path in ["/en/errors/999", "/ja/no-such-page", "/nothing"] {
        let answer = http::get(shared(), path, &["Accept: text/html"]);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        for text in ["ページが見つかりません", "Page not found"] {
            assert!(answer.body.contains(text), "{path} doesn't say “{text}”");
        }
    }
    visit(shared(), async |page| {
        page.open("/en/errors/999").await;
        page.shows("Page not found").await;
        assert_accessible(page, "not found").await;
        page.click("Go to the list of errors").await;
        page.until("the way leads to the help page", async || page.path().await == "/en/").await;
        // The browser itself notes the status of the first page.
        let console = page.console().await;
        assert!(console.iter().all(|line| line.contains("404")), "{console:#?}");
    });
}

#[test]
fn every_page_changes_to_the_same_page_in_the_other_language() {
    visit(shared(), async |page| {
        for kind in KINDS {
            page.open(&in_language(Lang::Ja, kind)).await;
            page.click("English").await;
            page.until("the page is English", async || page.path().await == in_language(Lang::En, kind))
                .await;
            page.click("日本語").await;
            page.until("the page is Japanese", async || page.path().await == in_language(Lang::Ja, kind))
                .await;
        }
    });
}

#[test]
fn every_answer_carries_the_headers_that_keep_a_page_to_itself() {
    let answers = [
        "/",
        "/ja/",
        "/en/check",
        "/en/errors/006",
        "/ja/search.json",
        "/no-such-page",
        "/healthz",
        "/api/v1/catalogue",
        "/api/v1/run",
    ];
    for path in answers {
        let answer = http::get(shared(), path, &[]);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "connect-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(
                policy.split("; ").any(|directive| directive == part),
                "{path}: {part} isn't in {policy}"
            );
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
        assert!(answer.header("permissions-policy").is_some(), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[test]
fn no_page_stores_anything_in_the_browser() {
    const STORED: &str = "return [document.cookie, localStorage.length, sessionStorage.length]";
    visit(shared(), async |page| {
        for kind in KINDS {
            page.open(&in_language(Lang::En, kind)).await;
            let stored = page.js(STORED, vec![]).await;
            assert_eq!(stored, json!(["", 0, 0]), "{kind}");
        }
    });
}

#[test]
fn every_page_says_where_it_is_in_each_language_and_how_a_link_to_it_looks() {
    const LINKS: &str = "
        return [...document.head.querySelectorAll('link[rel=canonical], link[hreflang]')]
            .map(link => [link.hreflang || link.rel, link.href])";
    const PICTURE: &str = "
        const picture = new Image();
        picture.onload = () => arguments[0](picture.naturalWidth);
        picture.onerror = () => arguments[0](0);
        picture.src = document.head.querySelector('meta[property=\"og:image\"]').content";
    visit(shared(), async |page| {
        let at = |path: &str| format!("{}{path}", shared().origin());
        for (kind, neutral) in [("", "/"), ("errors/006", "/en/errors/006"), ("check", "/en/check")] {
            for lang in Lang::ALL {
                let here = in_language(lang, kind);
                page.open(&here).await;
                let [ja, en] = Lang::ALL.map(|lang| at(&in_language(lang, kind)));
                let expected =
                    json!([["canonical", at(&here)], ["ja", ja], ["en", en], ["x-default", at(neutral)],]);
                assert_eq!(page.js(LINKS, vec![]).await, expected);
                assert!(said_absolutely(&here), "{here} says where it is with its origin");
                assert_eq!(page.js_with_callback(PICTURE).await, 1200, "the picture of {here}");
            }
        }
    });
}

/// Search engines take no address without its origin.
fn said_absolutely(path: &str) -> bool {
    let page = http::get(shared(), path, &[]).body;
    page.contains(&format!("<link rel=\"canonical\" href=\"{}{path}\"", shared().origin()))
}

#[test]
fn the_site_map_leads_to_every_page_and_robots_are_told_of_it() {
    let origin = shared().origin();
    let robots = http::get(shared(), "/robots.txt", &[]);
    assert_eq!(robots.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(robots.body.contains(&format!("Sitemap: {origin}/sitemap.xml")), "{}", robots.body);
    let map = http::get(shared(), "/sitemap.xml", &[]);
    assert_eq!(map.header("content-type"), Some("application/xml"));
    let pages: Vec<&str> = map
        .body
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</loc>")?.0.strip_prefix(origin))
        .collect();
    for lang in Lang::ALL {
        for kind in
            ERRORS.map(|(code, _)| format!("errors/{code}")).iter().map(String::as_str).chain(["", "check"])
        {
            let path = in_language(lang, kind);
            assert!(pages.contains(&path.as_str()), "{path} isn't in {pages:?}");
            assert_eq!(http::head(shared(), &path, &[]).status, 200, "{path}");
        }
    }
    assert_eq!(pages.len(), 28);
}

#[test]
fn a_page_that_is_not_there_offers_the_errors_by_number() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open("/nowhere").await;
            let link = "return document.querySelector(`a[href=\"${arguments[0]}\"]`)";
            let there = in_language(lang, "errors/006");
            let link = page.find(link, vec![there.as_str().into()]).await;
            link.expect("006 is offered").click().await.expect("it can be clicked");
            page.until("it leads there", async || page.path().await == there).await;
        }
        // The browser itself notes the status of the first page.
        let console = page.console().await;
        assert!(console.iter().all(|line| line.contains("404")), "{console:#?}");
    });
}
