//! Several relays on one store of NATS servers: an agent on one, a customer on the other, and one budget for all.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use futures::{SinkExt, StreamExt, future::join_all};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::{
    budgets::{Answer, ask_from, client, roomy, servers, sign_in},
    *,
};
use crate::{
    agents::Role,
    store::{
        ShelfKind,
        contract::{connect, servers::Cluster},
    },
};

async fn relays<const N: usize>(cluster: &Cluster, ports: &[u16], limits: Limits) -> [Arc<Relay>; N] {
    let mut relays = Vec::new();
    for _ in 0..N {
        relays.push(relay_on(&Watch::start(), ports, limits, connect(cluster).await).await);
    }
    relays.try_into().ok().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_tries_on_four_relays_the_server_sees_three_and_one_at_a_time() {
    let cluster = Cluster::start(1);
    let (ports, count) = servers(Answer::Refuses).await;
    let relays: [_; 4] = relays(&cluster, &ports, roomy()).await;
    let request = sign_in(ports, "anna@example.com");
    let mut statuses = Vec::new();
    // One run meets the refusal of IMAP and of SMTP: two of three. The third is met by a later run.
    for round in 0..4 {
        let one = async |n: u32| {
            let answer = ask_from(&relays[n as usize % 4], client(round * 250 + n), &request).await;
            let status = answer.status();
            text(answer).await;
            status
        };
        statuses.extend(join_all((0..250).map(one)).await);
        // A place is given back after the answer.
        let given = async {
            while relays[0].desk.store.shelf.all(ShelfKind::SignIns).await.unwrap().iter().any(leased) {}
        };
        timeout(PATIENCE, given).await.expect("the place is given back");
    }
    assert_eq!(count.asked.load(Ordering::SeqCst), 3, "IMAP and SMTP together, on all relays");
    assert_eq!(count.most.load(Ordering::SeqCst), 1);
    let refused = statuses.iter().filter(|status| **status != StatusCode::OK).count();
    assert!(refused >= 998, "{refused} of 1,000 were refused");
    let stored = relays[0].desk.store.shelf.all(ShelfKind::SignIns).await.unwrap();
    assert!(!format!("{stored:?}").contains("anna"), "no name is kept");
}

fn leased((_, value): &(String, Vec<u8>)) -> bool {
    String::from_utf8_lossy(value).contains("lease")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_store_is_away_nobody_signs_in() {
    let mut cluster = Cluster::start(1);
    let (ports, count) = servers(Answer::Accepts).await;
    let [relay] = relays(&cluster, &ports, roomy()).await;
    cluster.kill("n0");
    let answer = ask_from(&relay, client(1), &sign_in(ports, "anna@example.com")).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(count.asked.load(Ordering::SeqCst), 0);
}

type Socket = WebSocketStream<TcpStream>;

/// Follows a case; an agent has a token in the head of the request, a customer one in the first message.
#[expect(clippy::disallowed_methods, reason = "the client of the relay under test")]
async fn watch(relay: SocketAddr, case: &str, agent: Option<&str>, first: Value) -> Socket {
    let mut request = format!("ws://{relay}/api/v1/cases/{case}/watch").into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "mailtriage.case.v1".parse().unwrap());
    match agent {
        Some(token) => headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap()),
        None => headers.insert(header::ORIGIN, ORIGIN.parse().unwrap()),
    };
    let stream = TcpStream::connect(relay).await.unwrap();
    let (mut socket, _) = client_async(request, stream).await.unwrap();
    socket.send(Message::text(first.to_string())).await.unwrap();
    socket
}

async fn message(socket: &mut Socket) -> Value {
    loop {
        match timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Events up to the one of this kind.
async fn until(socket: &mut Socket, kind: &str) -> Vec<Value> {
    let mut events = Vec::new();
    loop {
        let message = message(socket).await;
        if message["type"] != "event" {
            continue;
        }
        let found = message["kind"] == kind || message["message"]["type"] == kind;
        events.push(message);
        if found {
            return events;
        }
    }
}

async fn told(relay: &Arc<Relay>, path: &str, agent: Option<&str>, body: Value) -> Value {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = agent {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = ask(relay, request.body(Body::from(body.to_string())).unwrap()).await;
    let status = response.status();
    let text = text(response).await;
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_on_one_relay_and_a_customer_on_another_see_the_same() {
    let cluster = Cluster::start(1);
    let port = closed_port().await;
    let [agents, customers] = relays(&cluster, &[port], Limits::default()).await;
    let token = agents.desk.agents.add("anna", Role::Agent).await.unwrap();
    let opened = told(&agents, "/api/v1/cases", Some(&token), json!({"ticket": "4711"})).await;
    let case = opened["case"].as_str().unwrap();
    let path = format!("/api/v1/cases/{case}");
    let agent_address = listening(&agents).await;
    let customer_address = listening(&customers).await;
    let mut agent = watch(agent_address, case, Some(&token), json!({"after": 0})).await;

    let code = opened["code"].as_str().unwrap();
    let joined = told(&customers, &format!("/api/v1/join/{code}"), None, json!({"agreed": true})).await;
    let key = joined["token"].as_str().unwrap();
    let mut customer = watch(customer_address, case, None, json!({"after": 0, "token": key})).await;
    until(&mut customer, "joined").await;

    // A proposal goes one way, its acceptance the other; a note stays with the agents.
    let commands = format!("{path}/commands");
    told(&agents, &commands, Some(&token), json!({"id": "1", "kind": "note", "text": "a secret thought"}))
        .await;
    let propose = json!({"id": "2", "kind": "propose", "field": "imap.host", "value": "mail.example.com"});
    told(&agents, &commands, Some(&token), propose).await;
    let seen = until(&mut customer, "proposed").await;
    assert!(seen.iter().all(|event| event["kind"] != "noted"), "{seen:?}");
    let proposal = seen.last().unwrap()["seq"].clone();
    let accept = json!({"token": key, "id": "1", "kind": "accept", "proposal": proposal});
    told(&customers, &format!("{path}/customer"), None, accept).await;
    let seen = until(&mut agent, "accepted").await;
    assert_eq!(seen.last().unwrap()["proposal"], proposal);

    // The customer's run appears at the agent's, without the customer's name.
    let mut page =
        super::websocket::connect(customer_address, Some(ORIGIN), Some("mailtriage.v1")).await.unwrap();
    let mut start = start(port);
    start["ticket"] = json!(customers.tickets.issue(ORIGIN.as_bytes()).unwrap());
    start["case"] = json!(key);
    start["request"]["user"] = json!("otto@example.com");
    start["request"]["password"] = json!("korrekt-pferd");
    page.send(Message::text(start.to_string())).await.unwrap();
    let run = until(&mut agent, "done").await;
    assert!(run.iter().any(|event| event["message"]["code"] == "002"), "the closed port is found: {run:?}");
    let whole = Value::Array(run.clone()).to_string();
    assert!(
        !whole.contains("otto") && !whole.contains("pferd") && whole.contains("•••@example.com"),
        "{whole}"
    );

    // Both come back after a while, elsewhere, and miss and repeat nothing.
    let middle = run[run.len() / 2]["seq"].clone();
    drop(agent);
    let mut again = watch(customer_address, case, Some(&token), json!({"after": middle})).await;
    let rest = until(&mut again, "done").await;
    assert_eq!(rest, run[run.len() / 2 + 1..]);

    // Who left sees nothing more.
    let leave = json!({"token": key, "id": "2", "kind": "leave"});
    told(&customers, &format!("{path}/customer"), None, leave).await;
    loop {
        let message = message(&mut customer).await;
        if message["type"] == "over" {
            break;
        }
    }
    let (status, export) = {
        let request = Request::get(format!("{path}/export?format=markdown&lang=en"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let response = ask(&agents, request.body(Body::empty()).unwrap()).await;
        (response.status(), text(response).await)
    };
    assert_eq!(status, StatusCode::OK);
    assert!(export.contains("`4711`") && export.contains("## Found\n002 "), "{export}");
    let reply = Request::get(format!("{path}/reply?lang=ja"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    let reply = text(ask(&agents, reply.body(Body::empty()).unwrap()).await).await;
    assert!(reply.contains("ポート"), "{reply}");
}
