//! `GET /api/v1/run`, over a real socket.

use futures::{SinkExt, StreamExt};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        self, Message,
        client::IntoClientRequest,
        http::{HeaderValue, StatusCode},
        protocol::frame::coding::CloseCode,
    },
};

use super::*;
use crate::{budget::Hand, limits};

/// A page: the first `start` that it sends has its ticket in it.
pub(super) struct Client {
    pub socket: WebSocketStream<TcpStream>,
    pub ticket: Option<String>,
}

impl Client {
    /// Connects as the page does, and reads the greeting.
    pub async fn new(relay: &Arc<Relay>) -> Self {
        let address = listening(relay).await;
        let socket = connect(address, Some(ORIGIN), Some("mailtriage.v1")).await.unwrap();
        let mut client = Self { socket, ticket: Some(ticket(relay).await) };
        assert_eq!(client.hear().await["type"], "hello");
        client
    }

    async fn say(&mut self, message: impl Into<Message>) {
        self.socket.send(message.into()).await.unwrap();
    }

    pub async fn say_json(&mut self, mut message: Value) {
        if message["type"] == "start"
            && let Some(ticket) = self.ticket.take()
        {
            message["ticket"] = json!(ticket);
        }
        self.say(message.to_string()).await;
    }

    pub async fn hear_frame(&mut self) -> Option<Result<Message, tungstenite::Error>> {
        timeout(PATIENCE, self.socket.next()).await.expect("the relay answers")
    }

    pub async fn hear(&mut self) -> Value {
        let message = self.hear_frame().await.expect("the connection stands").unwrap();
        serde_json::from_str(message.to_text().unwrap()).unwrap()
    }

    /// Every message up to the next one of that type, which comes last.
    pub async fn hear_until(&mut self, wanted: &str) -> Vec<Value> {
        let mut heard = Vec::new();
        loop {
            heard.push(self.hear().await);
            if heard.last().unwrap()["type"] == wanted {
                return heard;
            }
        }
    }

    pub async fn refused(&mut self, field: &str) {
        let message = self.hear().await;
        assert_eq!(message["type"], "problem", "{message}");
        assert_eq!(message["code"], "bad-request", "{message}");
        assert_eq!(message["field"], field, "{message}");
    }
}

/// A ticket, as the page gets one.
async fn ticket(relay: &Arc<Relay>) -> String {
    let answer = ask(relay, ticket_request(&[ORIGIN])).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let answer: Value = serde_json::from_str(&text(answer).await).unwrap();
    answer["ticket"].as_str().unwrap().to_owned()
}

pub(super) fn ticket_request(origins: &[&str]) -> Request<Body> {
    let mut request = Request::post("/api/v1/ticket").body(Body::empty()).unwrap();
    for origin in origins {
        request.headers_mut().append(header::ORIGIN, origin.parse().unwrap());
    }
    request
}

#[expect(clippy::disallowed_methods, reason = "the client of the relay under test")]
pub(super) async fn connect(
    address: SocketAddr,
    origin: Option<&'static str>,
    protocol: Option<&'static str>,
) -> Result<WebSocketStream<TcpStream>, tungstenite::Error> {
    let mut request = format!("ws://{address}/api/v1/run").into_client_request().unwrap();
    for (name, value) in [("origin", origin), ("sec-websocket-protocol", protocol)] {
        if let Some(value) = value {
            request.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    let stream = TcpStream::connect(address).await.unwrap();
    client_async(request, stream).await.map(|(client, _)| client)
}

#[tokio::test]
async fn a_run_sends_its_messages_and_another_may_follow() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let mut client = Client::new(&relay).await;
    for _ in 0..2 {
        client.say_json(start(port)).await;
        let heard = client.hear_until("done").await;
        let diagnosis = heard.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
        assert_eq!((&diagnosis["code"], &diagnosis["final"]), (&json!("002"), &json!(true)));
    }
}

#[tokio::test]
async fn bad_messages_are_named_and_the_connection_stays_usable() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    for (message, field) in [
        (Message::text("x".repeat(64 * 1024)), "message"),
        (Message::text("{\"type\":"), "message"),
        (Message::text("{\"type\":\"begin\"}"), "type"),
        (Message::text("{\"type\":\"apply\",\"suggestion\":\"s9\"}"), "suggestion"),
        (Message::binary(vec![0_u8; 1024]), "message"),
        (Message::text("{\"type\":\"start\",\"request\":{},\"reported\":\"010\"}"), "reported"),
    ] {
        client.say(message).await;
        client.refused(field).await;
    }
    client.say_json(start(0)).await;
    client.refused("imap.port").await;
    client.say_json(start(port)).await;
    client.hear_until("done").await;
}

#[tokio::test]
async fn a_message_over_the_limit_is_named_and_ends_the_connection() {
    let relay = relay(&[], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    client.say(Message::text("x".repeat(64 * 1024 + 1))).await;
    client.refused("message").await;
    let Some(Ok(Message::Close(Some(frame)))) = client.hear_frame().await else { panic!("no close") };
    assert_eq!(frame.code, CloseCode::Size);
}

#[tokio::test]
async fn cancel_stops_the_run_at_once() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let server = silent.connected().await;
    client.say_json(json!({"type": "cancel"})).await;
    client.hear_until("done").await;
    closes(server).await;
    let metrics = relay.meter.text().unwrap();
    assert!(metrics.contains("mailtriage_runs_total{outcome=\"cancelled\"} 1\n"), "{metrics}");
}

#[tokio::test]
async fn a_client_that_goes_away_stops_its_run_at_once() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let server = silent.connected().await;
    drop(client);
    closes(server).await;
}

#[tokio::test]
async fn a_second_start_is_refused_while_a_run_is_under_way() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let _server = silent.connected().await;
    client.say_json(start(silent.port())).await;
    let heard = client.hear_until("problem").await;
    assert_eq!(heard.last().unwrap()["field"], "type");
}

#[tokio::test]
async fn a_suggestion_is_applied_to_the_last_run() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    let mut typed = start(port);
    typed["request"]["imap"]["host"] = json!("https://127.0.0.1/");
    client.say_json(typed).await;
    let heard = client.hear_until("done").await;
    let diagnosis = heard.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
    assert_eq!(diagnosis["cause"], "host-name-invalid");
    let id = &diagnosis["lanes"]["imap"]["findings"][0]["suggestions"][0]["id"];
    client.say_json(json!({"type": "apply", "suggestion": id})).await;
    let heard = client.hear_until("done").await;
    let diagnosis = heard.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
    assert_eq!(diagnosis["code"], "002", "the repaired host was dialled");
}

#[tokio::test]
async fn only_our_own_pages_with_our_own_protocol_may_connect() {
    let address = listening(&relay(&[], Limits::default()).await).await;
    for (origin, protocol, status) in [
        (None, Some("mailtriage.v1"), StatusCode::FORBIDDEN),
        (Some("https://evil.example"), Some("mailtriage.v1"), StatusCode::FORBIDDEN),
        (Some("null"), Some("mailtriage.v1"), StatusCode::FORBIDDEN),
        (Some(ORIGIN), None, StatusCode::BAD_REQUEST),
        (Some(ORIGIN), Some("chat"), StatusCode::BAD_REQUEST),
    ] {
        let refused = connect(address, origin, protocol).await.unwrap_err();
        let tungstenite::Error::Http(response) = refused else {
            panic!("{origin:?} {protocol:?}: {refused}")
        };
        assert_eq!(response.status(), status, "{origin:?} {protocol:?}");
    }
}

#[tokio::test]
async fn a_stopping_relay_lets_runs_end_and_then_says_goodbye() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let _server = silent.connected().await;
    relay.stopping.cancel();
    client.say_json(json!({"type": "cancel"})).await;
    client.hear_until("done").await;
    let Some(Ok(Message::Close(Some(frame)))) = client.hear_frame().await else { panic!("no close") };
    assert_eq!(frame.code, CloseCode::Away);
}

#[tokio::test]
async fn a_run_needs_a_ticket_that_was_not_used_before() {
    let port = closed_port().await;
    let hand = Hand::default();
    let relay = relay_by(&hand.watch(), &[port], Limits::default()).await;
    let used = ticket(&relay).await;
    let mut client = Client::new(&relay).await;
    client.ticket = Some(used.clone());
    client.say_json(start(port)).await;
    client.hear_until("done").await;

    // While it's still young enough: what refuses it is that it was used.
    let mut client = Client::new(&relay).await;
    client.ticket = Some(used);
    client.say_json(start(port)).await;
    client.refused("ticket").await;

    let old = ticket(&relay).await;
    hand.forward(limits::TICKET);
    for ticket in [None, Some("00".to_owned()), Some(old)] {
        client.ticket = ticket;
        client.say_json(start(port)).await;
        client.refused("ticket").await;
    }
    let runs = relay.meter.text().unwrap();
    assert!(runs.contains("mailtriage_runs_total{outcome=\"fault\"} 1\n"), "{runs}");
    client.ticket = Some(ticket(&relay).await);
    client.say_json(start(port)).await;
    client.hear_until("done").await;
}

#[tokio::test]
async fn only_our_own_pages_get_a_ticket() {
    let relay = relay(&[], Limits::default()).await;
    let foreign: [&[&str]; 6] = [
        &[],
        &["https://evil.example"],
        &["null"],
        &["http://127.0.0.1:8081"],
        &["https://127.0.0.1:8080"],
        &[ORIGIN, "https://evil.example"],
    ];
    for origins in foreign {
        let answer = ask(&relay, ticket_request(origins)).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origins:?}");
        assert!(!text(answer).await.contains("\"ticket\":"), "{origins:?}");
    }
    let read = ask(&relay, get("/api/v1/ticket")).await;
    assert_eq!(read.status(), StatusCode::METHOD_NOT_ALLOWED);
}
