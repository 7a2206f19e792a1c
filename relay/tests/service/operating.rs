//! What whoever operates it relies on: runs that may end after the signal to stop, a certificate that is renewed without a
//! restart, and a log that tells runs apart without saying who asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, Stream, crypto::aws_lc_rs, pki_types::ServerName,
};

use crate::{File, Relay, serve};

/// A relay that may dial this machine, with a mail server that the test plays.
fn with_server(variables: &[(&str, &str)]) -> (Relay, TcpListener) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = port_of(&server).to_string();
    let own = [("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8"), ("MAILTRIAGE_ALLOW_PORT", &port)];
    let all: Vec<_> = own.iter().chain(variables).copied().collect();
    (Relay::of(&mut serve(&["--listen", "127.0.0.1:0"], &all)), server)
}

fn port_of(server: &TcpListener) -> u16 {
    server.local_addr().expect("it listens").port()
}

/// Asks for a check of the server at that port; the answer comes on the connection line by line.
fn ask(relay: &Relay, port: u16) -> TcpStream {
    let body = json!({"request": {
        "email": "taro.yamada@example.jp",
        "user": "taro.yamada",
        "imap": {"host": "127.0.0.1", "port": port, "security": "starttls"},
    }})
    .to_string();
    let mut stream = relay.connect().expect("the relay listens");
    write!(
        stream,
        "POST /api/v1/run HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        relay.address,
        body.len()
    )
    .unwrap();
    stream
}

#[test]
fn a_run_under_way_ends_by_itself_after_the_signal_to_stop() {
    let (mut relay, server) = with_server(&[]);
    let mut answer = ask(&relay, port_of(&server));
    let (mut mail, _) = server.accept().expect("the run dials the server");
    relay.signal("-TERM");
    relay.logged("stopping");
    // From here on nobody new is let in, and the run goes on. It finds no other port to try.
    drop(server);
    mail.write_all(b"* BYE [UNAVAILABLE] shutting down\r\n").unwrap();
    drop(mail);
    let mut text = String::new();
    answer.read_to_string(&mut text).expect("the answer is text");
    assert!(text.contains("\"type\":\"done\""), "{text}");
    assert!(text.contains("\"cause\":\"server-unavailable\""), "{text}");
    let (status, _, log) = relay.ended();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("in_time=true"), "{log}");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let (mut relay, server) = with_server(&[]);
    let _answer = ask(&relay, port_of(&server));
    let _mail = server.accept().expect("the run dials the server");
    relay.signal("-TERM");
    relay.logged("stopping");
    relay.signal("-TERM");
    let (status, _, log) = relay.ended();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("in_time=false"), "{log}");
}

#[test]
fn the_log_tells_runs_apart_and_names_nobody() {
    let (mut relay, server) = with_server(&[("MAILTRIAGE_LOG_FORMAT", "json"), ("RUST_LOG", "trace")]);
    let port = port_of(&server);
    drop(server);
    let mut runs = Vec::new();
    for _ in 0..2 {
        let answer = ask(&relay, port);
        BufReader::new(answer).lines().for_each(drop);
        let started: Value =
            serde_json::from_str(&relay.logged("run started")).expect("a JSON object a line");
        let ended: Value = serde_json::from_str(&relay.logged("run ended")).expect("a JSON object a line");
        assert_eq!(started["fields"]["run"], ended["fields"]["run"]);
        assert_eq!((&ended["fields"]["outcome"], &ended["fields"]["code"]), (&json!("fault"), &json!("002")));
        runs.push(started["fields"]["run"].as_str().expect("an identifier").to_owned());
    }
    assert_ne!(runs[0], runs[1]);
    relay.signal("-TERM");
    let (_, _, log) = relay.ended();
    for personal in ["taro", "example.jp"] {
        assert!(!log.contains(personal), "{log}");
    }
}

/// Whether the relay answers over TLS with the certificate of `pair`.
fn answers_with(relay: &Relay, pair: &rcgen::CertifiedKey<rcgen::KeyPair>) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    roots.add(pair.cert.der().clone()).expect("a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the current versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut tls = ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut socket = relay.connect().expect("the relay listens");
    let mut stream = Stream::new(&mut tls, &mut socket);
    write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .map_err(|error| error.to_string())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).map_err(|error| error.to_string())?;
    if line.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(line) }
}

#[test]
fn a_renewed_certificate_is_taken_up_and_a_broken_one_is_not() {
    let new_pair = || rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a valid request");
    let (first, second) = (new_pair(), new_pair());
    let certificate = File::new("renewed-certificate", &first.cert.pem());
    let key = File::new("renewed-key", &first.signing_key.serialize_pem());
    let variables = [("MAILTRIAGE_TLS_CERTIFICATE", certificate.path()), ("MAILTRIAGE_TLS_KEY", key.path())];
    let mut relay = Relay::of(&mut serve(&["--listen", "127.0.0.1:0"], &variables));
    assert_eq!(answers_with(&relay, &first), Ok(()));

    // Half of a renewal: the certificate is new, the key isn't.
    std::fs::write(certificate.path(), second.cert.pem()).unwrap();
    relay.signal("-HUP");
    let line = relay.logged("the certificate in use stays");
    assert!(line.contains("tls.key"), "{line}");
    assert_eq!(answers_with(&relay, &first), Ok(()));

    std::fs::write(key.path(), second.signing_key.serialize_pem()).unwrap();
    relay.signal("-HUP");
    relay.logged("the certificate was read again");
    assert_eq!(answers_with(&relay, &second), Ok(()));
    assert!(answers_with(&relay, &first).is_err(), "the old certificate is gone");
}

#[test]
fn a_relay_without_a_certificate_survives_the_signal_to_read_it_again() {
    let mut relay = Relay::start();
    relay.signal("-HUP");
    relay.logged("no certificate");
    assert!(relay.get("/healthz").starts_with("HTTP/1.1 200 OK\r\n"));
}

#[test]
fn the_dashboard_asks_for_nothing_that_isn_t_counted() {
    // What was never counted isn't listed yet: one run counts everything.
    let (relay, server) = with_server(&[]);
    let port = port_of(&server);
    drop(server);
    BufReader::new(ask(&relay, port)).lines().for_each(drop);
    let metrics = relay.get("/metrics");
    let counted = |name: &str| metrics.contains(&format!("# TYPE {name} "));
    let dashboard: Value =
        serde_json::from_str(include_str!("../../../deploy/grafana.json")).expect("the dashboard is JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let questions: Vec<&str> = panels
        .iter()
        .flat_map(|panel| panel["targets"].as_array().expect("targets"))
        .map(|target| target["expr"].as_str().expect("a question"))
        .collect();
    let names = questions.iter().flat_map(|question| {
        question
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .filter(|w| w.starts_with("mailtriage_"))
    });
    let mut asked = 0;
    for name in names {
        let family = ["_total", "_bucket"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        assert!(counted(family), "{name} isn't in:\n{metrics}");
        asked += 1;
    }
    assert!(asked >= panels.len(), "every panel asks for something of ours");
}
