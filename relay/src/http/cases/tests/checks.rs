//! The relay checks a connection for an agent: what that shows, and what it counts as.

use std::num::NonZeroU32;

use tokio::time::timeout;

use super::*;
use crate::{
    cases::{CaseId, Next},
    http::tests::{PATIENCE, closed_port},
};

async fn relay_at(port: u16, limits: Limits) -> Arc<Relay> {
    relay_by(&Watch::start(), &[port], limits).await
}

async fn opened(relay: &Arc<Relay>) -> (String, String) {
    let agent = token(relay, "anna", Role::Agent).await;
    let (_, opened) = answer(relay, "POST", "/api/v1/cases", &bearer(&agent), Some(json!({}))).await;
    (agent, opened["case"].as_str().unwrap().to_owned())
}

/// The events of a case up to the end of its run.
async fn run_of(relay: &Relay, case: &str) -> Vec<Value> {
    let log = &*relay.desk.store.cases;
    let mut watcher = log.subscribe(CaseId::parse(case).unwrap(), 0).unwrap();
    let mut events = Vec::new();
    while !events.last().is_some_and(|event: &Value| event["message"]["type"] == "done") {
        match timeout(PATIENCE, watcher.next(log)).await.expect("the run ends").unwrap() {
            Next::Event(event) => events.push(serde_json::to_value(&*event).unwrap()),
            Next::Current => {}
            other => panic!("{other:?} after {events:?}"),
        }
    }
    events
}

#[tokio::test]
async fn an_agent_has_the_relay_check_a_connection_and_the_case_shows_it() {
    let port = closed_port().await;
    let relay = relay_at(port, Limits::default()).await;
    let (agent, case) = opened(&relay).await;
    let path = format!("/api/v1/cases/{case}/check");
    let server = json!({"host": "127.0.0.1", "port": port, "security": "tls"});
    // Whatever else is sent along has no place to go to.
    let body = json!({"imap": server, "user": "otto", "password": "korrekt-pferd"});
    let (status, started) = answer(&relay, "POST", &path, &bearer(&agent), Some(body)).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{started}");
    let events = run_of(&relay, &case).await;
    let begun = events.iter().find(|event| event["kind"] == "run-started").unwrap();
    assert_eq!((&begun["run"], &begun["connection_only"]), (&started["run"], &json!(true)));
    assert!(events[1..].iter().all(|event| event["by"] == "relay"), "{events:?}");
    assert!(events.iter().any(|event| event["message"]["cause"] == "port-closed"), "{events:?}");
    let (_, shown) = answer(&relay, "GET", &format!("/api/v1/cases/{case}"), &bearer(&agent), None).await;
    assert_eq!((&shown["summary"]["code"], &shown["summary"]["runs"]), (&json!("002"), &json!(1)));
    assert!(!shown.to_string().contains("pferd") && !shown.to_string().contains("otto"), "{shown}");
}

#[tokio::test]
async fn a_check_for_an_agent_counts_like_any_other_and_goes_nowhere_else() {
    let port = closed_port().await;
    let two = NonZeroU32::new(2).unwrap();
    let relay = relay_at(port, Limits { runs_per_client_per_minute: two, ..Limits::default() }).await;
    let (agent, case) = opened(&relay).await;
    let path = format!("/api/v1/cases/{case}/check");
    let check = async |host: &str, port: u16| {
        let server = json!({"host": host, "port": port, "security": "tls"});
        answer(&relay, "POST", &path, &bearer(&agent), Some(json!({"imap": server}))).await
    };
    let (status, refused) = check("127.0.0.1", 22).await;
    assert_eq!((status, &refused["field"]), (StatusCode::FORBIDDEN, &json!("imap.port")));
    let (status, refused) = answer(&relay, "POST", &path, &bearer(&agent), Some(json!({}))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "nothing to check: {refused}");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(check("127.0.0.1", port).await.0);
    }
    assert_eq!(statuses, [StatusCode::ACCEPTED, StatusCode::ACCEPTED, StatusCode::TOO_MANY_REQUESTS]);
    run_of(&relay, &case).await;
    let (_, shown) = answer(&relay, "GET", &format!("/api/v1/cases/{case}"), &bearer(&agent), None).await;
    assert_eq!(shown["summary"]["runs"], 2, "what was refused is no run");
}
