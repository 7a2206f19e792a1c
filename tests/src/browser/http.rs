//! One request without a browser: what the relay sends before any script runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::relay::Relay;

/// An answer as it came.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case, in their order.
    headers: Vec<(String, String)>,
    /// The body, which must be text.
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Asks for an address, with further header lines.
///
/// # Panics
/// When there is no answer, or none that is HTTP.
pub fn get(relay: &Relay, path: &str, headers: &[&str]) -> Answer {
    ask("GET", relay, path, headers)
}

/// Asks what an address would answer, without the body, which may be compressed.
///
/// # Panics
/// As [`get`] does.
pub fn head(relay: &Relay, path: &str, headers: &[&str]) -> Answer {
    ask("HEAD", relay, path, headers)
}

fn ask(method: &str, relay: &Relay, path: &str, headers: &[&str]) -> Answer {
    let host = relay.origin().trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("the relay accepts");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit above zero is allowed");
    // Version 1.0: the body is never sent in chunks, and ends with the connection.
    let mut request = format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\n");
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    stream.write_all(format!("{request}\r\n").as_bytes()).expect("the relay reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the relay answers with text and then closes");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(':'));
    Answer {
        status: status.expect("the first line has the status"),
        headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect(),
        body: body.to_owned(),
    }
}
