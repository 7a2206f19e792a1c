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
