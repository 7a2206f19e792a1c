//! Looking up the settings of an address, as an operator sees it: not at all.

use std::io::{Read, Write};

use super::{Relay, serve};

#[test]
fn an_address_whose_settings_are_looked_up_is_in_no_log() {
    const ADDRESS: &str = "anna.quiet-canary@gmail.com";
    let variables = [("RUST_LOG", "trace"), ("MAILTRIAGE_RESOLVER", "127.0.0.1:9")];
    let mut relay = Relay::of(&mut serve(&["--listen", "127.0.0.1:0"], &variables));
    let mut stream = relay.connect().expect("the relay listens");
    // The log is read as it's written: a full pipe would stop the relay.
    let log = std::thread::scope(|scope| {
        let Relay { log, child, address, .. } = &mut relay;
        let reading = scope.spawn(move || {
            let mut text = Vec::new();
            log.read_to_end(&mut text).expect("the log can be read");
            String::from_utf8_lossy(&text).into_owned()
        });
        let body = format!("{{\"email\":\"{ADDRESS}\"}}");
        let length = body.len();
        write!(
            stream,
            "POST /api/v1/discover HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer is text");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(ADDRESS), "{answer}");
        child.kill().expect("the relay is there");
        reading.join().expect("the log can be read")
    });
    assert!(log.contains("listening"), "the log is empty: {log}");
    assert!(!log.contains("quiet-canary"), "the log has the address:\n{log}");
}
