//! The error pages in a frame of another site's page, in a real browser.

mod looks;
mod messages;
mod parents;
mod run;
mod snippets;

use error_model::{Code, Lang, Names};
use tests::browser::Page;
use tests::browser::host::{Host, HostPage};
use tests::browser::relay::Relay;
use tests::lab::Lab;

/// What a careful help centre allows: our script and our frame, and nothing inline.
fn strict(relay: &Relay) -> String {
    let relay = relay.origin();
    format!("default-src 'none'; script-src {relay}; frame-src {relay}; img-src data:; base-uri 'none'")
}

/// A page in a language with the loader and this content.
fn with_loader(relay: &Relay, lang: &str, content: &str) -> HostPage {
    let script = format!("<script src=\"{}/embed.js\" defer></script>", relay.origin());
    document(&strict(relay), lang, &format!("{script}{content}"))
}

fn document(policy: &str, lang: &str, content: &str) -> HostPage {
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>Help</title>\
         <link rel=\"icon\" href=\"data:,\"></head><body><h1>Help</h1>{content}</body></html>"
    );
    HostPage { policy: policy.to_owned(), html }
}

/// A host, and a relay that lets it frame.
fn host_and_relay(lab: Option<&Lab>) -> (Host, Relay) {
    let host = Host::start();
    let relay = Relay::configured(lab, &[("MAILTRIAGE_FRAME_ANCESTORS", &host.origin())]);
    (host, relay)
}

/// The title of an error as pages show it.
fn title(code: Code, lang: Lang) -> String {
    Names::default().put(code.texts().get(lang).title())
}

/// Waits until the frame with this number has answered, which is when it has a height.
async fn answered(page: &Page, number: usize) {
    page.until(&format!("frame {number} has a height"), async || height(page, number).await > 0).await;
}

/// How high a frame is, in CSS pixels; 0 where there's none.
async fn height(page: &Page, number: usize) -> i64 {
    let script = "const f = document.querySelectorAll('iframe')[arguments[0]]; return f ? f.clientHeight : 0";
    page.js(script, vec![number.into()]).await.as_i64().unwrap_or_default()
}
