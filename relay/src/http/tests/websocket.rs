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

struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// Connects as the page does, and reads the greeting.
    async fn new(relay: &Arc<Relay>) -> Self {
        let address = listening(relay).await;
        let mut client = Self(connect(address, Some(ORIGIN), Some("mailtriage.v1")).await.unwrap());
        assert_eq!(client.hear().await["type"], "hello");
        client
    }

    async fn say(&mut self, message: impl Into<Message>) {
        self.0.send(message.into()).await.unwrap();
    }

    async fn say_json(&mut self, message: Value) {
        self.say(message.to_string()).await;
    }

    async fn hear_frame(&mut self) -> Option<Result<Message, tungstenite::Error>> {
        timeout(PATIENCE, self.0.next()).await.expect("the relay answers")
    }

    async fn hear(&mut self) -> Value {
        let message = self.hear_frame().await.expect("the connection stands").unwrap();
        serde_json::from_str(message.to_text().unwrap()).unwrap()
    }

    /// Every message up to the next one of that type, which comes last.
    async fn hear_until(&mut self, wanted: &str) -> Vec<Value> {
        let mut heard = Vec::new();
        loop {
            heard.push(self.hear().await);
            if heard.last().unwrap()["type"] == wanted {
                return heard;
            }
        }
    }

    async fn refused(&mut self, field: &str) {
        let message = self.hear().await;
        assert_eq!(message["type"], "problem", "{message}");
        assert_eq!(message["code"], "bad-request", "{message}");
        assert_eq!(message["field"], field, "{message}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the client of the relay under test")]
async fn connect(
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
    let relay = relay(&[port], Limits { runs_per_client: 1, ..Limits::default() });
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
    let relay = relay(&[port], Limits::default());
    let mut client = Client::new(&relay).await;
    for (message, field) in [
        (Message::text("x".repeat(64 * 1024)), "message"),
        (Message::text("{\"type\":"), "message"),
        (Message::text("{\"type\":\"begin\"}"), "type"),
        (Message::text("{\"type\":\"apply\",\"suggestion\":\"s9\"}"), "suggestion"),
        (Message::binary(vec![0_u8; 1024]), "message"),
        (Message::text("{\"type\":\"start\",\"request\":{},\"reported\":\"010\"}"), "reported"),
        (Message::text(start(0).to_string()), "imap.port"),
    ] {
        client.say(message).await;
        client.refused(field).await;
    }
    client.say_json(start(port)).await;
    client.hear_until("done").await;
}

#[tokio::test]
async fn a_message_over_the_limit_is_named_and_ends_the_connection() {
    let relay = relay(&[], Limits::default());
    let mut client = Client::new(&relay).await;
    client.say(Message::text("x".repeat(64 * 1024 + 1))).await;
    client.refused("message").await;
    let Some(Ok(Message::Close(Some(frame)))) = client.hear_frame().await else { panic!("no close") };
    assert_eq!(frame.code, CloseCode::Size);
}

#[tokio::test]
async fn cancel_stops_the_run_at_once() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default());
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
    let relay = relay(&[silent.port()], Limits::default());
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let server = silent.connected().await;
    drop(client);
    closes(server).await;
}

#[tokio::test]
async fn a_second_start_is_refused_while_a_run_is_under_way() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default());
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
    let relay = relay(&[port], Limits::default());
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
    let address = listening(&relay(&[], Limits::default())).await;
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
    let relay = relay(&[silent.port()], Limits::default());
    let mut client = Client::new(&relay).await;
    client.say_json(start(silent.port())).await;
    let _server = silent.connected().await;
    relay.stopping.cancel();
    client.say_json(json!({"type": "cancel"})).await;
    client.hear_until("done").await;
    let Some(Ok(Message::Close(Some(frame)))) = client.hear_frame().await else { panic!("no close") };
    assert_eq!(frame.code, CloseCode::Away);
}
