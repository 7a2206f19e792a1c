//! The snippets of `docs/embedding.md`, each on a page of another site, as somebody would copy them.

use error_model::{Code, Lang};
use tests::browser::{relay::Relay, visit_host};

use crate::{answered, document, host_and_relay, strict, title};

/// The content of the block that the page calls `name`, with this relay's address.
fn snippet(name: &str, relay: &Relay) -> String {
    const PAGE: &str = include_str!("../../../docs/embedding.md");
    let rest = PAGE.split("```").find_map(|block| {
        let (info, content) = block.split_once('\n')?;
        (info.split_once(' ')?.1 == name).then_some(content)
    });
    let content = rest.unwrap_or_else(|| panic!("docs/embedding.md has no snippet {name}"));
    let escaped = relay.origin().replace('.', "\\.");
    content
        .replace("https:\\/\\/check\\.example\\.com", &escaped.replace('/', "\\/"))
        .replace("https://check.example.com", relay.origin())
}

#[test]
fn the_plain_snippet_frames_the_error_under_a_strict_policy() {
    let (host, relay) = host_and_relay(None);
    host.put("/", document(&strict(&relay), "en", &snippet("plain", &relay)));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 0).await;
        page.enter_frame(0).await;
        page.shows(&title(Code::E006, Lang::En)).await;
        page.leave_frame().await;
    });
}

#[test]
fn the_theme_of_zendesk_guide_frames_the_link_of_an_article() {
    let (host, relay) = host_and_relay(None);
    let article = snippet("zendesk-article", &relay).replace("/en/", "/ja/");
    // A theme's script is a file of the help centre's own; its page has a policy that lets it run.
    let body = format!(
        "<div class=\"article-body\">{article}</div><script>{}</script>",
        snippet("zendesk-theme", &relay)
    );
    let policy = strict(&relay).replace("script-src", "script-src 'unsafe-inline'");
    host.put("/", document(&policy, "en", &body));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 0).await;
        page.enter_frame(0).await;
        page.shows(&title(Code::E006, Lang::Ja)).await;
        page.leave_frame().await;
    });
}

#[test]
fn the_frame_and_the_link_need_no_script_of_the_page_around_them() {
    let (host, relay) = host_and_relay(None);
    let policy = format!("default-src 'none'; img-src data:; frame-src {}", relay.origin());
    host.put("/frame", document(&policy, "en", &snippet("frame", &relay)));
    host.put("/link", document(&policy, "en", &snippet("link", &relay)));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/frame").await;
        page.enter_frame(0).await;
        page.shows(&title(Code::E006, Lang::En)).await;
        let compact = "return document.documentElement.dataset.compact";
        page.until("the frame is compact", async || page.js(compact, vec![]).await == "").await;
        page.leave_frame().await;
        page.open_asleep("/link").await;
        page.click("Error 006: causes, fixes and a test of your mail server").await;
        page.shows(&title(Code::E006, Lang::En)).await;
    });
}

#[test]
fn the_listener_hears_a_diagnosis() {
    let (host, relay) = host_and_relay(None);
    host.put("/", document(&strict(&relay), "en", &snippet("plain", &relay)));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        page.js(&snippet("events", &relay), vec![]).await;
        answered(page, 0).await;
        page.enter_frame(0).await;
        let say = "parent.postMessage({ source: 'mailtriage', v: 1, type: 'diagnosis', code: '006', cause: 'name-not-covered', confidence: 'proven' }, '*')";
        page.js(say, vec![]).await;
        page.leave_frame().await;
        page.until("the page heard it", async || page.title().await == "006 name-not-covered proven").await;
    });
}
