//! Agents, strangers and customers, as the router answers them.

mod checks;
mod exports;
mod listing;

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    client_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::{
    agents::{Person, Role},
    budget::Watch,
    config::Limits,
    http::{
        relay::Relay,
        tests::{ORIGIN, ask, listening, relay_by, text},
    },
    store::{ShelfKind, When},
};

async fn relay() -> Arc<Relay> {
    relay_by(&Watch::start(), &[], Limits::default()).await
}

async fn token(relay: &Relay, name: &str, role: Role) -> String {
    relay.desk.agents.add(name, role).await.unwrap()
}

fn request(
    method: &str,
    path: &str,
    who: &[(header::HeaderName, String)],
    body: Option<Value>,
) -> Request<Body> {
    let mut request =
        Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in who {
        request = request.header(name, value);
    }
    request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).unwrap()
}

fn bearer(token: &str) -> Vec<(header::HeaderName, String)> {
    vec![(header::AUTHORIZATION, format!("Bearer {token}"))]
}

fn session(cookie: &str) -> Vec<(header::HeaderName, String)> {
    vec![(header::COOKIE, format!("__Host-mailtriage={cookie}")), (header::ORIGIN, ORIGIN.to_owned())]
}

async fn answer(
    relay: &Arc<Relay>,
    method: &str,
    path: &str,
    who: &[(header::HeaderName, String)],
    body: Option<Value>,
) -> (StatusCode, Value) {
    let response = ask(relay, request(method, path, who, body)).await;
    let status = response.status();
    let text = text(response).await;
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Every route of agents, with the least role and a body that is in order.
fn routes(case: &str) -> Vec<(&'static str, String, Role, Option<Value>)> {
    let of = |rest: &str| format!("/api/v1/cases/{case}{rest}");
    let note = json!({"id": "n1", "kind": "note", "text": "hello"});
    let check = json!({"imap": {"host": "127.0.0.1", "port": 993, "security": "tls"}});
    vec![
        ("GET", "/api/v1/agent".into(), Role::Agent, None),
        ("GET", "/api/v1/cases".into(), Role::Agent, None),
        ("POST", "/api/v1/cases".into(), Role::Agent, Some(json!({"lang": "en"}))),
        ("GET", "/api/v1/cases.csv".into(), Role::Agent, None),
        ("GET", of(""), Role::Agent, None),
        ("POST", of("/code"), Role::Agent, None),
        ("POST", of("/commands"), Role::Agent, Some(note)),
        ("POST", of("/check"), Role::Agent, Some(check)),
        ("GET", of("/export?format=plain"), Role::Agent, None),
        ("GET", of("/reply"), Role::Agent, None),
        ("GET", "/api/v1/statistics".into(), Role::Agent, None),
        ("GET", "/api/v1/agents".into(), Role::Lead, None),
        ("DELETE", "/api/v1/agents/nobody".into(), Role::Lead, None),
        ("DELETE", of(""), Role::Lead, None),
        ("POST", "/api/v1/agent/sign-out".into(), Role::Agent, None),
    ]
}

#[tokio::test]
async fn every_route_of_agents_refuses_strangers() {
    let relay = relay().await;
    let agent = token(&relay, "anna", Role::Agent).await;
    let (_, opened) = answer(&relay, "POST", "/api/v1/cases", &bearer(&agent), Some(json!({}))).await;
    let case = opened["case"].as_str().unwrap().to_owned();

    let revoked = token(&relay, "otto", Role::Lead).await;
    let revoked_session = relay.desk.agents.begin(&revoked).await.unwrap().unwrap();
    relay.desk.agents.remove("otto").await.unwrap();
    let left = relay.desk.agents.begin(&agent).await.unwrap().unwrap();
    relay.desk.agents.end(&left).await.unwrap();
    // A session whose time is over.
    let value = json!({"agent": {"name": "anna", "role": "lead"}, "token": null}).to_string().into_bytes();
    let over = crate::random::hashed("over");
    relay.desk.store.shelf.put(ShelfKind::Sessions, &over, value, Some(1), When::Absent).await.unwrap();

    let strangers = [
        ("nobody", vec![]),
        ("a token that nobody has", bearer(&"0".repeat(64))),
        ("a token taken away", bearer(&revoked)),
        ("a session whose token was taken away", session(&revoked_session)),
        ("a session that was signed out", session(&left)),
        ("an expired session", session("over")),
        ("a session that nobody has", session(&"0".repeat(64))),
    ];
    for (method, path, least, body) in routes(&case) {
        for (who, headers) in &strangers {
            let (status, answer) = answer(&relay, method, &path, headers, body.clone()).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path} for {who}: {answer}");
        }
        let wanted = if least == Role::Lead { StatusCode::FORBIDDEN } else { StatusCode::OK };
        if least == Role::Lead {
            let (status, _) = answer(&relay, method, &path, &bearer(&agent), body).await;
            assert_eq!(status, wanted, "{method} {path} for an agent");
        }
    }
    let lead = token(&relay, "lea", Role::Lead).await;
    assert_eq!(answer(&relay, "GET", "/api/v1/agents", &bearer(&lead), None).await.0, StatusCode::OK);
    let address = listening(&relay).await;
    for (who, headers) in &strangers {
        assert_eq!(watched(address, &case, headers).await, None, "watch for {who}");
    }
    let seen = watched(address, &case, &bearer(&agent)).await;
    assert!(seen.is_some_and(|seen| seen.contains("\"kind\":\"opened\"")), "its agent sees the case");
}

/// The first event that somebody gets to see of a case; `None` where the relay shows none.
#[expect(clippy::disallowed_methods, reason = "the client of the relay under test")]
async fn watched(
    relay: std::net::SocketAddr,
    case: &str,
    who: &[(header::HeaderName, String)],
) -> Option<String> {
    let address = format!("ws://{relay}/api/v1/cases/{case}/watch");
    let mut request = address.into_client_request().unwrap();
    for (name, value) in who {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, "mailtriage.case.v1".parse().unwrap());
    let stream = TcpStream::connect(relay).await.unwrap();
    let (mut socket, _) = match client_async(request, stream).await {
        Ok(open) => open,
        Err(Error::Http(refused)) => {
            let status = refused.status();
            assert!(matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN), "{status}");
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    socket.send(Message::text("{\"after\":0}")).await.unwrap();
    let first = socket.next().await.unwrap().unwrap().into_text().unwrap().to_string();
    if first.contains("\"type\":\"over\"") { None } else { Some(first) }
}

#[tokio::test]
async fn where_no_identity_provider_is_configured_its_routes_let_nobody_in() {
    let relay = relay().await;
    let tie = "a".repeat(64);
    let cookie = [(header::COOKIE, format!("__Host-mailtriage-oidc=en.{tie}"))];
    let state = crate::random::hashed(&format!("state {tie}"));
    let callback = format!("/api/v1/agent/oidc/callback?code=c&state={state}");
    for path in ["/api/v1/agent/oidc/start", &callback] {
        let response = ask(&relay, request("GET", path, &cookie, None)).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let set = response.headers().get_all(header::SET_COOKIE);
        assert!(set.iter().all(|set| set.to_str().unwrap().contains("Max-Age=0")), "{path}: {set:?}");
    }
    let (status, who) = answer(&relay, "GET", "/api/v1/agent", &[], None).await;
    assert_eq!((status, who.get("oidc")), (StatusCode::UNAUTHORIZED, None));
}

#[tokio::test]
async fn a_session_changes_something_only_from_our_own_pages() {
    let relay = relay().await;
    let agent = token(&relay, "anna", Role::Lead).await;
    let cookie = relay.desk.agents.begin(&agent).await.unwrap().unwrap();
    let (_, opened) = answer(&relay, "POST", "/api/v1/cases", &bearer(&agent), Some(json!({}))).await;
    for (method, path, _, body) in routes(opened["case"].as_str().unwrap()) {
        if Method::from_bytes(method.as_bytes()).unwrap() == Method::GET {
            continue;
        }
        let bare = vec![(header::COOKIE, format!("__Host-mailtriage={cookie}"))];
        let foreign = [bare.clone(), vec![(header::ORIGIN, "https://evil.example".to_owned())]].concat();
        for headers in [bare, foreign] {
            let (status, answer) = answer(&relay, method, &path, &headers, body.clone()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path}: {answer}");
        }
    }
    assert_eq!(
        answer(&relay, "POST", "/api/v1/agent/sign-out", &session(&cookie), None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        answer(&relay, "GET", "/api/v1/agent", &session(&cookie), None).await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_token_signs_in_and_the_cookie_is_for_this_host_alone() {
    let relay = relay().await;
    let agent = token(&relay, "anna", Role::Agent).await;
    let page = [(header::ORIGIN, ORIGIN.to_owned())];
    let response =
        ask(&relay, request("POST", "/api/v1/agent/sign-in", &page, Some(json!({"token": agent})))).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=36000");
    let (_, who) = answer(&relay, "GET", "/api/v1/agent", &[(header::COOKIE, pair.to_owned())], None).await;
    assert_eq!(who, json!({"name": "anna", "role": "agent"}));
    let wrong = json!({"token": "guessed"});
    for tried in 0..11 {
        let (status, _) = answer(&relay, "POST", "/api/v1/agent/sign-in", &page, Some(wrong.clone())).await;
        let wanted = if tried < 9 { StatusCode::UNAUTHORIZED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(status, wanted, "try {tried}");
    }
}

/// A case with a customer in it: agent's token, case, customer's token.
async fn joined(relay: &Arc<Relay>, join: Value) -> (String, String, String) {
    let agent = token(relay, "anna", Role::Agent).await;
    let new = json!({"ticket": "4711", "lang": "ja", "email": "otto@example.com"});
    let (status, opened) = answer(relay, "POST", "/api/v1/cases", &bearer(&agent), Some(new)).await;
    assert_eq!(status, StatusCode::CREATED, "{opened}");
    let code = opened["code"].as_str().unwrap();
    let (status, asking) =
        answer(relay, "GET", &format!("/api/v1/join/{}", code.to_lowercase()), &[], None).await;
    assert_eq!((status, &asking["agent"]), (StatusCode::OK, &json!("anna")));
    let (status, joined) = answer(relay, "POST", &format!("/api/v1/join/{code}"), &[], Some(join)).await;
    assert_eq!(status, StatusCode::OK, "{joined}");
    (agent, opened["case"].as_str().unwrap().to_owned(), joined["token"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_code_lets_one_customer_in_who_agrees() {
    let relay = relay().await;
    let agent = token(&relay, "anna", Role::Agent).await;
    let (_, opened) = answer(&relay, "POST", "/api/v1/cases", &bearer(&agent), Some(json!({}))).await;
    let path = format!("/api/v1/join/{}", opened["code"].as_str().unwrap());
    let agreed = |agreed: bool| Some(json!({"agreed": agreed}));
    assert_eq!(answer(&relay, "POST", &path, &[], agreed(false)).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(answer(&relay, "POST", &path, &[], agreed(true)).await.0, StatusCode::OK);
    let (status, refused) = answer(&relay, "POST", &path, &[], agreed(true)).await;
    assert_eq!((status, &refused["field"]), (StatusCode::BAD_REQUEST, &json!("code")), "used up");
    let mut statuses = Vec::new();
    for guess in 0..10 {
        statuses.push(answer(&relay, "GET", &format!("/api/v1/join/AAAAA{guess}"), &[], None).await.0);
    }
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[tokio::test]
async fn the_agent_sees_the_address_once_the_customer_shows_it() {
    let relay = relay().await;
    let (agent, case, customer) = joined(&relay, json!({"agreed": true})).await;
    let case_path = format!("/api/v1/cases/{case}");
    let (_, seen) = answer(&relay, "GET", &case_path, &bearer(&agent), None).await;
    assert!(!seen.to_string().contains("otto"), "{seen}");
    assert_eq!(seen["summary"]["email"], "•••@example.com");
    let order = |id: &str, rest: Value| {
        let mut order = json!({"token": customer, "id": id});
        order.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        Some(order)
    };
    let customer_path = format!("{case_path}/customer");
    let show = order("1", json!({"kind": "show-address", "email": "otto@example.com"}));
    assert_eq!(answer(&relay, "POST", &customer_path, &[], show).await.0, StatusCode::OK);
    let (_, seen) = answer(&relay, "GET", &case_path, &bearer(&agent), None).await;
    assert_eq!(seen["summary"]["email"], "otto@example.com");
    assert!(!seen.to_string().contains(&customer), "the customer's token is nowhere in the case");
    let leave = order("2", json!({"kind": "leave"}));
    assert_eq!(answer(&relay, "POST", &customer_path, &[], leave).await.0, StatusCode::OK);
    let accept = order("3", json!({"kind": "accept", "proposal": 1}));
    assert_eq!(answer(&relay, "POST", &customer_path, &[], accept).await.0, StatusCode::NOT_FOUND, "left");
}

#[tokio::test]
async fn a_command_sent_twice_happens_once_and_a_closed_case_takes_no_more() {
    let relay = relay().await;
    let (agent, case, _) = joined(&relay, json!({"agreed": true})).await;
    let path = format!("/api/v1/cases/{case}/commands");
    let propose = json!({"id": "p", "kind": "propose", "field": "imap.host", "value": "mail.example.com"});
    let (_, first) = answer(&relay, "POST", &path, &bearer(&agent), Some(propose.clone())).await;
    let (_, again) = answer(&relay, "POST", &path, &bearer(&agent), Some(propose)).await;
    assert_eq!(first, again);
    let close = json!({"id": "c", "kind": "close"});
    assert_eq!(answer(&relay, "POST", &path, &bearer(&agent), Some(close)).await.0, StatusCode::OK);
    let rerun = json!({"id": "r", "kind": "ask-rerun"});
    assert_eq!(answer(&relay, "POST", &path, &bearer(&agent), Some(rerun)).await.0, StatusCode::BAD_REQUEST);
    let (_, list) =
        answer(&relay, "GET", "/api/v1/cases?state=closed&ticket=4711", &bearer(&agent), None).await;
    assert_eq!((&list["found"], &list["cases"][0]["case"]), (&json!(1), &json!(case)));
    let (_, none) = answer(&relay, "GET", "/api/v1/cases?q=nowhere", &bearer(&agent), None).await;
    assert_eq!(none["found"], 0);
}

#[tokio::test]
async fn a_case_is_closed_and_handed_over_by_its_own_agent_or_a_lead_to_somebody_who_exists() {
    let relay = relay().await;
    let (anna, case, _) = joined(&relay, json!({"agreed": true})).await;
    let otto = token(&relay, "otto", Role::Agent).await;
    let lea = token(&relay, "lea", Role::Lead).await;
    let person = Person { issuer: "https://login.example.com", subject: "1" };
    relay.desk.agents.begin_vouched(person, Role::Agent, &["Mia".to_owned()]).await.unwrap();
    let path = format!("/api/v1/cases/{case}/commands");
    let tell = async |id: &str, who: &str, kind: &str, to: Option<&str>| {
        let order = json!({"id": id, "kind": kind, "to": to});
        answer(&relay, "POST", &path, &bearer(who), Some(order)).await
    };
    for (id, kind, to) in [("1", "close", None), ("2", "hand-over", Some("otto"))] {
        let (status, refused) = tell(id, &otto, kind, to).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{kind}: {refused}");
        assert!(refused["message"].as_str().unwrap().contains("anna"), "{refused}");
    }
    let (status, refused) = tell("3", &anna, "hand-over", Some("nobody")).await;
    assert_eq!((status, &refused["field"]), (StatusCode::BAD_REQUEST, &json!("to")));
    assert_eq!(tell("4", &anna, "hand-over", Some("otto")).await.0, StatusCode::OK);
    assert_eq!(tell("5", &anna, "close", None).await.0, StatusCode::FORBIDDEN, "it's otto's now");
    assert_eq!(tell("6", &otto, "hand-over", Some("Mia")).await.0, StatusCode::OK, "of the provider");
    assert_eq!(tell("7", &lea, "close", None).await.0, StatusCode::OK, "a lead may");
}
