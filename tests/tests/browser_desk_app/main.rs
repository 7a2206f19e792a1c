//! The app beside a ticket: in Zendesk, and in any other help desk, in a real browser.

mod any_desk;
mod zendesk;

use std::net::SocketAddr;
use std::path::Path;

use error_model::{Cause, Lang, Names, strings::desk_app};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tests::browser::{Page, relay::Relay};
use tests::{client, desk::told};
use tokio_tungstenite::tungstenite::Message;

const PASSWORD: &str = "korrekt-pferd";

/// A relay with cases in this directory, which may dial one port of this machine.
fn relay(directory: &Path, port: u16, configuration: &str) -> Relay {
    let (store, port) = (store(directory), port.to_string());
    let variables = [
        ("MAILTRIAGE_STORE", store.as_str()),
        ("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8"),
        ("MAILTRIAGE_ALLOW_PORT", &port),
    ];
    Relay::with_file(None, &variables, configuration)
}

fn store(directory: &Path) -> String {
    format!("sqlite:{}", directory.join("mailtriage.db").display())
}

/// The customer comes in with the code that the app shows, and runs a check that ends at a closed port.
async fn customer(relay: SocketAddr, code: &str, port: u16) {
    let joined = told(relay, &format!("/api/v1/join/{code}"), None, &json!({"agreed": true})).await;
    let mut page = client::page(relay).await;
    let server = json!({"host": "127.0.0.1", "port": port, "security": "tls"});
    let request = json!({"imap": server, "email": "otto@example.com", "password": PASSWORD});
    let mut start: Value = serde_json::from_str(&client::start(relay, request).await).expect("JSON");
    start["case"] = joined["token"].clone();
    page.send(Message::text(start.to_string())).await.expect("the relay reads");
    while let Some(Ok(Message::Text(text))) = page.next().await {
        if text.contains("\"type\":\"done\"") {
            return;
        }
    }
    panic!("the run doesn't end");
}

/// Presses what opens a case, and gives the code.
async fn open_case(page: &Page, lang: Lang) -> String {
    page.shows(desk_app::OPEN.get(lang)).await;
    page.click(desk_app::OPEN.get(lang)).await;
    page.shows(desk_app::STATE_WAITING.get(lang)).await;
    let code = text_of(page, "code").await;
    assert_eq!(code.len(), 6, "{code}");
    assert!(text_of(page, "link").await.ends_with(&format!("/join/{code}")));
    code
}

async fn text_of(page: &Page, id: &str) -> String {
    let text = page.js("return document.getElementById(arguments[0]).textContent", vec![id.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn email(page: &Page) -> Value {
    page.js("return document.getElementById('email').value", vec![]).await
}

/// What the app says of the cause that the customer's run has.
fn found(lang: Lang) -> String {
    Names::default().put(Cause::PortClosed.texts().get(lang).title())
}

/// What was put into the ticket has the findings, and nothing that is the customer's own.
fn assert_export(text: &str) {
    assert!(text.contains("4711") && text.contains("002") && text.contains("127.0.0.1"), "{text}");
    assert!(!text.contains("otto") && !text.contains(PASSWORD), "{text}");
}
