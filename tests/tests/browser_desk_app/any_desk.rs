//! In any other help desk: the snippet of `docs/desk-apps.md`, and whom the app believes.

use error_model::{Lang, strings::desk_app};
use serde_json::json;
use tests::browser::axe::assert_accessible;
use tests::browser::host::{Host, HostPage};
use tests::browser::look::Scheme;
use tests::browser::relay::Relay;
use tests::browser::{http, visit_host};
use tests::desk::{agent, free_port};
use tests::directory::Directory;

use crate::{assert_export, customer, email, found, open_case, relay, store};

/// The snippet, with this relay's address, on a page of the help desk's.
fn desk_page(relay: &Relay, lang: &str) -> HostPage {
    const PAGE: &str = include_str!("../../../docs/desk-apps.md");
    let snippet = PAGE.split("```html desk\n").nth(1).and_then(|rest| rest.split("```").next());
    let snippet = snippet.expect("docs/desk-apps.md has the snippet");
    let snippet = snippet
        .replace("https://check.example.com", relay.origin())
        .replace("lang=en", &format!("lang={lang}"));
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Desk</title>\
         <link rel=\"icon\" href=\"data:,\"></head><body><textarea id=\"reply\" aria-label=\"Reply\"></textarea>\
         <iframe src=\"/stranger\" title=\"Stranger\"></iframe>{snippet}</body></html>"
    );
    HostPage { policy: String::new(), html }
}

fn desk(directory: &Directory, port: u16) -> (Host, Relay, String) {
    let host = Host::start();
    let token = agent(&store(directory.path()), "anna");
    let relay = relay(directory.path(), port, &format!("[desk_app]\norigins = ['{}']\n", host.origin()));
    for lang in ["en", "ja"] {
        host.put(&format!("/{lang}"), desk_page(&relay, lang));
    }
    let html = "<!doctype html><html lang=\"en\"><head><title>Stranger</title><link rel=\"icon\" href=\"data:,\"></head></html>";
    host.put("/stranger", HostPage { policy: String::new(), html: html.to_owned() });
    (host, relay, token)
}

#[test]
fn the_snippet_tells_the_ticket_and_takes_the_export() {
    let (directory, port) = (Directory::new(), free_port());
    let (host, relay, token) = desk(&directory, port);
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/en").await;
        page.enter_frame(1).await;
        page.shows(desk_app::SIGN_IN.get(Lang::En)).await;
        page.js("document.getElementById('token').value = arguments[0]", vec![token.clone().into()]).await;
        page.click(desk_app::SIGN_IN.get(Lang::En)).await;
        page.shows(desk_app::OPEN.get(Lang::En)).await;
        assert_eq!(email(page).await, "otto@example.com", "the requester is filled in");
        let code = open_case(page, Lang::En).await;
        customer(relay.address(), &code, port).await;
        page.shows(&found(Lang::En)).await;
        page.click(desk_app::ADD.get(Lang::En)).await;
        page.shows(desk_app::ADDED.get(Lang::En)).await;
        page.leave_frame().await;
        let reply = "return document.getElementById('reply').value";
        page.until("the reply has the findings", async || page.js(reply, vec![]).await != "").await;
        assert_export(page.js(reply, vec![]).await.as_str().expect("text"));
    });
    assert!(!relay.log().contains(&token), "the token is in the log");
}

#[test]
fn the_app_hears_the_page_around_it_and_nobody_else() {
    let directory = Directory::new();
    let (host, relay, _) = desk(&directory, free_port());
    let mut quiet = desk_page(&relay, "en");
    quiet.html = quiet.html.replace("tell();", "");
    host.put("/quiet", quiet);
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/quiet").await;
        page.enter_frame(1).await;
        let ready = "return document.documentElement.dataset.ready === 'true'";
        page.until("the app is awake", async || page.js(ready, vec![]).await == true).await;
        let context = |version: u32, kind: &str| json!({"mailtriage": version, "type": kind, "ticket": "666", "requester": "eve@evil.example"});
        // From its own window, and from a sibling: neither is the page around it.
        page.js("postMessage(arguments[0], '*')", vec![context(1, "context")]).await;
        page.leave_frame().await;
        page.enter_frame(0).await;
        page.js("parent.frames[1].postMessage(arguments[0], '*')", vec![context(1, "context")]).await;
        page.leave_frame().await;
        // From the page around it, but nothing that was agreed on.
        for wrong in [context(2, "context"), context(1, "export"), json!("context"), json!(null)] {
            page.js("frames[1].postMessage(arguments[0], '*')", vec![wrong]).await;
        }
        let last =
            json!({"mailtriage": 1, "type": "context", "ticket": "4711", "requester": "otto@example.com"});
        page.js(
            "window.heard = []; addEventListener('message', e => heard.push(e.data.type));
             frames[1].postMessage(arguments[0], '*')",
            vec![last],
        )
        .await;
        page.until("it answers", async || page.js("return heard.includes('ready')", vec![]).await == true)
            .await;
        let ready = page.js("return heard.filter(type => type === 'ready').length", vec![]).await;
        assert_eq!(ready, 1, "one context was good");
        page.enter_frame(1).await;
        page.shows(desk_app::SIGN_IN.get(Lang::En)).await;
        page.leave_frame().await;
    });
}

#[test]
fn a_page_that_is_not_named_frames_nothing() {
    let directory = Directory::new();
    let (_, relay, _) = desk(&directory, free_port());
    let other = Host::start();
    other.put("/", desk_page(&relay, "en"));
    visit_host(&other, &relay, async |page| {
        page.open_asleep("/").await;
        page.complaints("frame-ancestors").await;
    });
    let unset = tests::browser::relay::shared();
    assert_eq!(http::get(unset, "/apps/desk", &[]).status, 404, "nobody is named");
}

#[test]
fn a_sidebar_is_wide_enough_in_both_languages_light_and_dark() {
    let directory = Directory::new();
    let (host, relay, token) = desk(&directory, free_port());
    visit_host(&host, &relay, async |page| {
        for lang in Lang::ALL {
            page.open_asleep(&format!("/{}", lang.as_str())).await;
            for scheme in Scheme::ALL {
                page.prefer(scheme).await;
                for width in [320, 360] {
                    let widen = "document.querySelectorAll('iframe')[1].width = arguments[0]";
                    page.js(widen, vec![width.into()]).await;
                    page.enter_frame(1).await;
                    let state = format!("{width} px, {lang:?}, {scheme:?}");
                    page.assert_no_sideways_scrolling(&state).await;
                    assert_accessible(page, &state).await;
                    page.leave_frame().await;
                }
            }
            page.enter_frame(1).await;
            if lang == Lang::ALL[0] {
                page.shows(desk_app::SIGN_IN.get(lang)).await;
                page.js("document.getElementById('token').value = arguments[0]", vec![token.clone().into()])
                    .await;
                page.click(desk_app::SIGN_IN.get(lang)).await;
                open_case(page, lang).await;
            } else {
                // This tab still knows the agent, and the ticket has its case.
                page.shows(desk_app::STATE_WAITING.get(lang)).await;
            }
            assert_accessible(page, &format!("with a case, {lang:?}")).await;
            page.assert_no_sideways_scrolling("with a case").await;
            page.leave_frame().await;
        }
    });
}
