//! Live triage in two real browsers: an agent and a customer on one case.

mod customer;
mod hostile;
mod keyboard;
mod list;
mod provider;
mod relays;
mod resume;
mod strangers;
mod together;

use error_model::{Lang, strings::desk};
use tests::browser::Page;
use tests::browser::cut::Wire;
use tests::browser::form::Settings;
use tests::browser::triage::{Desk, NAME, join, open_case, sign_in, text_of};

/// Everything in the page, seen or not, and what its inputs hold.
async fn everything(page: &Page) -> String {
    const SCRIPT: &str = "return document.documentElement.outerHTML +
        [...document.querySelectorAll('input, textarea, select')].map(input => input.value).join(' ')";
    page.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned()
}

async fn clipboard(page: &Page) -> String {
    let text = page.js_with_callback("navigator.clipboard.readText().then(arguments[0], String)").await;
    text.as_str().unwrap_or_default().to_owned()
}

/// What a person fills the form with.
async fn fill_in(page: &Page, settings: &Settings) {
    for (id, text) in [
        ("email", settings.email),
        ("imap-host", settings.imap),
        ("smtp-host", settings.smtp),
        ("password", settings.password),
    ] {
        page.type_into(id, text).await;
    }
}

/// Chooses from a list, as with the keyboard.
async fn choose(page: &Page, id: &str, value: &str) {
    let field = page.field(id).await;
    field.select_by_value(value).await.unwrap_or_else(|error| panic!("{id} has no {value}: {error}"));
}

/// A relay that browsers reach by a connection which can be cut, and the origin that they know it by.
fn behind_a_wire() -> (Desk, Wire, String) {
    let listener = Wire::reserve();
    let origin = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let desk = Desk::behind(&origin);
    let wire = Wire::start(listener, desk.relay.address());
    (desk, wire, origin)
}

/// The agent signs in and opens a case, and the customer joins it. Gives the path of the customer's link.
async fn meet(desk: &Desk, lang: Lang, agent: &Page, customer: &Page) -> String {
    sign_in(agent, lang, &desk.token).await;
    let path = open_case(agent, lang, "4711").await;
    join(customer, lang, &path).await;
    path
}

/// Asserts that both browsers complain of nothing but connections that fail, which they note by themselves.
async fn assert_only_connections_failed(pages: [&Page; 2]) {
    for page in pages {
        let console = page.console().await;
        assert!(
            console.iter().all(|line| line.contains("WebSocket") || line.contains("ERR_")),
            "{console:#?}"
        );
    }
}

/// Proposes a receiving server.
async fn propose_host(agent: &Page, host: &str) {
    choose(agent, "propose-field", "imap.host").await;
    agent.type_into("propose-value", host).await;
    agent.click(desk::PROPOSE.en).await;
}

/// Proposals of `mail.example.com` in the history, in English.
async fn proposals(agent: &Page) -> usize {
    let field = "Incoming server (IMAP): server name";
    let line = desk::EVENT_PROPOSED.fill(Lang::En, &[("field", field), ("value", "mail.example.com")]);
    text_of(agent, ".history").await.matches(&line).count()
}
