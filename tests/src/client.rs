//! Clients of the relay without a browser: pages' WebSockets, and programs that post a run and read its lines.

use std::net::SocketAddr;

use futures::StreamExt;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{client::IntoClientRequest, http::HeaderValue},
};

/// Connects as a page does, and reads the greeting.
pub async fn page(relay: SocketAddr) -> WebSocketStream<TcpStream> {
    let stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let mut request = format!("ws://{relay}/api/v1/run").into_client_request().expect("a web address");
    let headers = request.headers_mut();
    headers.insert("origin", HeaderValue::from_str(&format!("http://{relay}")).expect("plain characters"));
    headers.insert("sec-websocket-protocol", HeaderValue::from_static("mailtriage.v1"));
    let (mut socket, _) = client_async(request, stream).await.expect("the relay takes its own origin");
    socket.next().await.expect("the relay greets").expect("a message");
    socket
}

/// The `start` of a page, with a ticket of its own.
pub async fn start(relay: SocketAddr, request: Value) -> String {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let head = format!(
        "POST /api/v1/ticket HTTP/1.1\r\nhost: {relay}\r\norigin: http://{relay}\r\n\
         content-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the relay reads");
    let answer = rest(stream).await;
    let body = answer.split_once("\r\n\r\n").expect("the answer has a body").1;
    let mut start: Value = serde_json::from_str(body).expect("the answer is JSON");
    start["type"] = json!("start");
    start["request"] = request;
    start.to_string()
}

/// Posts a run; the connection has the answer's first bytes still to come.
pub async fn post(relay: SocketAddr, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let head = format!(
        "POST /api/v1/run HTTP/1.1\r\nhost: {relay}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + body).as_bytes()).await.expect("the relay reads");
    stream
}

/// Reads what is left of an answer.
pub async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("the answer is text");
    text
}

/// All of the relay's counters.
pub async fn metrics(relay: SocketAddr) -> String {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let request = format!("GET /metrics HTTP/1.1\r\nhost: {relay}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the relay reads");
    rest(stream).await
}

/// The value of one of the relay's counters.
pub async fn counter(relay: SocketAddr, name: &str) -> u64 {
    let text = metrics(relay).await;
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
    line.and_then(|value| value.parse().ok()).expect("the counter is there")
}
