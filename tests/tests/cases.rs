//! Live triage on relays that are processes: two that share NATS, and one that is killed in the middle.

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tests::{
    browser::relay::Relay,
    client,
    desk::{Nats, Watcher, agent, free_port, told},
    directory::Directory,
};
use tokio_tungstenite::tungstenite::Message;

/// A relay that keeps its cases here, and may dial a port of this machine on which nobody listens.
fn relay(store: &str, port: u16) -> Relay {
    let port = port.to_string();
    let variables = [
        ("MAILTRIAGE_STORE", store),
        ("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8"),
        ("MAILTRIAGE_ALLOW_PORT", &port),
    ];
    Relay::configured(None, &variables)
}

/// A case with a customer in it: the case, and the customer's token.
async fn joined(agents: SocketAddr, customers: SocketAddr, token: &str) -> (String, String) {
    let opened = told(agents, "/api/v1/cases", Some(token), &json!({"ticket": "4711", "lang": "en"})).await;
    let path = format!("/api/v1/join/{}", opened["code"].as_str().unwrap());
    let joined = told(customers, &path, None, &json!({"agreed": true})).await;
    (opened["case"].as_str().unwrap().to_owned(), joined["token"].as_str().unwrap().to_owned())
}

/// The customer's page starts a run that ends at a closed port.
async fn run(relay: SocketAddr, key: &str, port: u16) {
    let mut page = client::page(relay).await;
    let server = json!({"host": "127.0.0.1", "port": port, "security": "tls"});
    let request = json!({"imap": server, "email": "otto@example.com", "password": "korrekt-pferd"});
    let mut start: Value = serde_json::from_str(&client::start(relay, request).await).unwrap();
    start["case"] = json!(key);
    page.send(Message::text(start.to_string())).await.unwrap();
    // The page stays for as long as the run takes.
    while let Some(Ok(Message::Text(text))) = page.next().await {
        if text.contains("\"type\":\"done\"") {
            return;
        }
    }
}

fn done(event: &Value) -> bool {
    event["message"]["type"] == "done"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_and_a_customer_on_two_relays_that_share_nats_follow_one_case() {
    let directory = Directory::new();
    let nats = Nats::start(directory.path());
    let port = free_port();
    let token = agent(&nats.store, "anna");
    let (agents, customers) = (relay(&nats.store, port), relay(&nats.store, port));
    let (agents, customers) = (agents.address(), customers.address());
    let (case, key) = joined(agents, customers, &token).await;
    let mut agent = Watcher::agent(agents, &case, &token, 0).await;
    let mut customer = Watcher::customer(customers, &case, &key).await;
    let propose = json!({"id": "1", "kind": "propose", "field": "imap.port", "value": "993"});
    told(agents, &format!("/api/v1/cases/{case}/commands"), Some(&token), &propose).await;
    let seen = customer.until(|event| event["kind"] == "proposed").await;
    let accept = json!({"token": key, "id": "1", "kind": "accept", "proposal": seen.last().unwrap()["seq"]});
    told(customers, &format!("/api/v1/cases/{case}/customer"), None, &accept).await;
    agent.until(|event| event["kind"] == "accepted").await;
    run(customers, &key, port).await;
    let events = agent.until(done).await;
    assert!(events.iter().any(|event| event["message"]["cause"] == "port-closed"), "{events:?}");
    let whole = Value::Array(events).to_string();
    assert!(!whole.contains("otto@") && !whole.contains("pferd"), "{whole}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_is_killed_in_a_run_keeps_every_event_that_was_seen() {
    let directory = Directory::new();
    let store = format!("sqlite:{}", directory.path().join("mailtriage.db").display());
    let port = free_port();
    let token = agent(&store, "anna");
    let first = relay(&store, port);
    let relay_address = first.address();
    let (case, key) = joined(relay_address, relay_address, &token).await;
    let mut agent = Watcher::agent(relay_address, &case, &token, 0).await;
    let running = tokio::spawn(async move { run(relay_address, &key, port).await });
    let seen = agent.until(|event| event["kind"] == "ran").await;
    drop(first);
    drop(running.await);

    let second = relay(&store, port);
    let mut again = Watcher::agent(second.address(), &case, &token, 0).await;
    let last = seen.last().unwrap()["seq"].clone();
    let kept = again.until(|event| event["seq"] == last).await;
    assert_eq!(kept, seen, "none is lost, none is repeated, none is changed");
    // Its agent goes on with it.
    let note = json!({"id": "1", "kind": "note", "text": "the relay was away"});
    told(second.address(), &format!("/api/v1/cases/{case}/commands"), Some(&token), &note).await;
    again.until(|event| event["kind"] == "noted").await;
}
