//! A page's sign-in at the lab's issuer, with every step of the browser made by hand.

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{self, rest};
use crate::lab::shared;

const USER: &str = "user@mail.test";

/// What a page has after it has begun: the issuer's page, and the handle.
pub struct Begun {
    /// The issuer's page.
    pub page: String,
    /// What the answer is collected with.
    pub handle: String,
}

/// Sends one request and gives the answer with its head.
pub async fn http(relay: SocketAddr, line: &str, origin: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nhost: {relay}\r\norigin: {origin}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.expect("the relay reads");
    rest(stream).await
}

/// The JSON of an answer.
pub fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").expect("a body").1).expect("JSON")
}

/// Begins, as the page of this relay does.
pub async fn begin(relay: SocketAddr) -> Begun {
    let own = format!("http://{relay}");
    let ticket = body(&http(relay, "POST /api/v1/ticket", &own, "").await)["ticket"].clone();
    let wish = json!({"provider": "lab", "ticket": ticket, "lang": "ja", "email": USER}).to_string();
    let answer = body(&http(relay, "POST /api/v1/oauth", &own, &wish).await);
    let text = |name: &str| answer[name].as_str().unwrap_or_else(|| panic!("no {name}: {answer}")).to_owned();
    Begun { page: text("url"), handle: text("handle") }
}

/// The receipt that a browser gets when it comes back to this address.
pub async fn come_back(relay: SocketAddr, address: &str) -> String {
    let path = address.strip_prefix(&format!("http://{relay}")).expect("it leads back to the relay");
    let answer = http(relay, &format!("GET {path}"), "null", "").await;
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).expect("a location");
    location.split_once("/check#sign-in=").expect("the check page").1.trim().to_owned()
}

/// Everything that a page hears of a run that shows this.
pub async fn run(relay: SocketAddr, handle: &str, receipt: &str, more: &Value) -> String {
    let imap = json!({"host": "asks-issuer.mail.test", "port": 993, "security": "tls"});
    let start = client::start(relay, json!({"email": USER, "imap": imap})).await;
    let mut start: Value = serde_json::from_str(&start).expect("JSON");
    start["sign_in"] = json!({"handle": handle, "receipt": receipt});
    for (name, value) in more.as_object().into_iter().flatten() {
        start[name] = value.clone();
    }
    let mut socket = client::page(relay).await;
    socket.send(start.to_string().into()).await.expect("the relay reads");
    let mut heard = String::new();
    while let Some(Ok(message)) = socket.next().await {
        let text = message.to_text().unwrap_or_default();
        heard += text;
        heard.push('\n');
        if text.contains("\"type\":\"done\"") || text.contains("\"type\":\"problem\"") {
            break;
        }
    }
    heard
}

/// A whole sign-in as `account`, and what its run says.
pub async fn signed_in_as(relay: SocketAddr, account: &str, more: &Value) -> String {
    let Begun { page, handle } = begin(relay).await;
    let back = shared().issuer().person("sign-in", &[("page", &page), ("account", account)]).await;
    let receipt = come_back(relay, &back).await;
    run(relay, &handle, &receipt, more).await
}
