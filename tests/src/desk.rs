//! Live triage as its clients see it: agents and customers of relays that are processes of their own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    time::{Duration, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        http::{HeaderValue, header},
    },
};

use crate::{binary::mailtriage, client};

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A port of this machine on which nobody listens.
///
/// # Panics
/// When the machine has none.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a bound socket has an address").port()
}

/// The token of an agent made on the command line, in this store.
///
/// # Panics
/// When the command fails.
pub fn agent(store: &str, name: &str) -> String {
    let made =
        Command::new(mailtriage()).args(["agent", "add", name]).env("MAILTRIAGE_STORE", store).output();
    let made = made.expect("the command runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let text = String::from_utf8(made.stdout).expect("the token is text");
    text.lines().next().expect("a token").to_owned()
}

/// Posts a JSON message, and gives the JSON of the answer.
///
/// # Panics
/// When the relay refuses.
pub async fn told(relay: SocketAddr, path: &str, token: Option<&str>, body: &Value) -> Value {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let body = body.to_string();
    let known = token.map_or_else(String::new, |token| format!("authorization: Bearer {token}\r\n"));
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {relay}\r\ncontent-type: application/json\r\n{known}\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await.expect("the relay reads");
    let answer = client::rest(stream).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("the answer has a body");
    assert!(head.starts_with("HTTP/1.1 20"), "{path}: {head} {body}");
    serde_json::from_str(body).expect("the answer is JSON")
}

/// An agent's GET: the answer with its head.
///
/// # Panics
/// When the relay refuses.
pub async fn seen(relay: SocketAddr, path: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: {relay}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the relay reads");
    let answer = client::rest(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    answer
}

/// Somebody who follows a case.
pub struct Watcher(WebSocketStream<TcpStream>);

impl Watcher {
    /// Follows a case after `after`, as an agent.
    ///
    /// # Panics
    /// When the relay refuses.
    pub async fn agent(relay: SocketAddr, case: &str, token: &str, after: u64) -> Self {
        let known = (header::AUTHORIZATION, format!("Bearer {token}"));
        Self::begin(relay, case, known, &json!({"after": after})).await
    }

    /// Follows a case from its beginning, as its customer.
    ///
    /// # Panics
    /// When the relay refuses.
    pub async fn customer(relay: SocketAddr, case: &str, token: &str) -> Self {
        let known = (header::ORIGIN, format!("http://{relay}"));
        Self::begin(relay, case, known, &json!({"after": 0, "token": token})).await
    }

    async fn begin(
        relay: SocketAddr,
        case: &str,
        known: (header::HeaderName, String),
        first: &Value,
    ) -> Self {
        let stream = TcpStream::connect(relay).await.expect("the relay accepts");
        let address = format!("ws://{relay}/api/v1/cases/{case}/watch");
        let mut request = address.into_client_request().expect("a web address");
        let headers = request.headers_mut();
        headers.insert(known.0, HeaderValue::from_str(&known.1).expect("plain characters"));
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("mailtriage.case.v1"));
        let (mut socket, _) = client_async(request, stream).await.expect("the relay lets the watcher in");
        socket.send(Message::text(first.to_string())).await.expect("the relay reads");
        Self(socket)
    }

    /// The next message; `None` once the connection has ended.
    ///
    /// # Panics
    /// When nothing comes for a long time.
    pub async fn message(&mut self) -> Option<Value> {
        self.text().await.map(|text| serde_json::from_str(&text).expect("messages are JSON"))
    }

    /// The next message as it came; `None` once the connection has ended.
    ///
    /// # Panics
    /// When nothing comes for a long time.
    pub async fn text(&mut self) -> Option<String> {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("something comes in time")? {
                Ok(Message::Text(text)) => return Some(text.to_string()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// Events up to the first that fits, itself included.
    ///
    /// # Panics
    /// When the connection ends before.
    pub async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let message = self.message().await.expect("the connection lasts");
            if message["type"] == "event" {
                let found = fits(&message);
                events.push(message);
                if found {
                    return events;
                }
            }
        }
    }
}

/// A NATS server with JetStream, on loopback. Dropping it ends it.
pub struct Nats {
    server: Child,
    /// What the relay's `store` is.
    pub store: String,
}

impl Nats {
    /// Starts one whose files are in `directory`.
    ///
    /// # Panics
    /// When `cargo xtask setup` hasn't unpacked it.
    pub fn start(directory: &Path) -> Self {
        let port = free_port();
        let unpacked =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/servers/usr/sbin/nats-server");
        let program = if unpacked.is_file() { unpacked } else { "nats-server".into() };
        let mut command = Command::new(program);
        command.args(["--addr", "127.0.0.1", "--port", &port.to_string(), "--jetstream", "--store_dir"]);
        let server = command.arg(directory).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let server = server.expect("nats-server starts: `cargo xtask setup` unpacks it");
        let give_up = std::time::Instant::now() + PATIENCE;
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(std::time::Instant::now() < give_up, "nats-server doesn't listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { server, store: format!("nats://127.0.0.1:{port}") }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        // It has no state that anybody asks for again.
        let _killed = self.server.kill();
        let _waited = self.server.wait();
    }
}
