//! The canary scan: passwords go through every way that a run can end, and must be nowhere afterwards. Neither in what the
//! relay and the command line print at the most talkative log level, nor in any message, answer or counter, nor in the
//! relay's memory; nor in what live triage keeps of a run, and shows to an agent.

mod cases;
mod memory;
mod needles;
mod panicking;

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt};
use needles::{Needle, found, needles};
use serde_json::{Value, json};
use tests::binary::mailtriage;
use tests::browser::relay::Relay;
use tests::client;
use tests::lab::{Lab, PASSWORD, issuer::CLIENT_SECRET, shared};
use tests::sign_in::signed_in_as;
use tokio::runtime::Runtime;

const USER: &str = "user@mail.test";
/// A password that no account has. Quotes, a backslash and letters beyond ASCII look different in every encoding.
const WRONG: &str = "Kanarien\"vogel\\süß+7/9 & 鳥";
/// A token that no account has.
const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.Kanarienvogel-im-Tunnel.c2lnbmF0dXJl";

/// Every secret that is sent somewhere in this test, in every form.
fn all_needles() -> Vec<Needle> {
    [PASSWORD, WRONG, TOKEN].iter().flat_map(|secret| needles(USER, secret)).collect()
}

/// The `request` of a check of this host's two servers.
fn request(host: &str, secret: &str) -> Value {
    let server = |port: u16, security| json!({"host": format!("{host}.mail.test"), "port": port, "security": security});
    let field = if secret == TOKEN { "oauth_token" } else { "password" };
    json!({"email": USER, "imap": server(993, "tls"), "smtp": server(465, "tls"), field: secret})
}

/// The same over STARTTLS at 143, where the lab has servers that never say a word.
fn silent(secret: &str) -> Value {
    let imap = json!({"host": "silent.mail.test", "port": 143, "security": "starttls"});
    json!({"email": USER, "imap": imap, "password": secret})
}

/// How a client ends its run.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// Reads to the end.
    Waits,
    /// Says `cancel` as soon as the first step has begun.
    Cancels,
    /// Goes away as soon as the first step has begun.
    Leaves,
}

/// Runs a check as a page does; gives everything that came back.
async fn page(relay: SocketAddr, request: Value, end: End) -> String {
    let mut socket = client::page(relay).await;
    socket.send(client::start(relay, request).await.into()).await.expect("the relay reads");
    let mut heard = String::new();
    while let Some(Ok(message)) = socket.next().await {
        let text = message.to_text().unwrap_or_default().to_owned();
        heard.push_str(&text);
        heard.push('\n');
        let kind = |kind: &str| text.contains(&format!("\"type\":\"{kind}\""));
        if kind("done") || kind("problem") {
            break;
        }
        match end {
            End::Cancels if kind("step") => {
                socket.send(r#"{"type":"cancel"}"#.into()).await.expect("the relay reads");
            }
            End::Leaves if kind("step") => break,
            _ => {}
        }
    }
    heard
}

/// Runs a check as a program does; gives the whole answer.
async fn program(relay: SocketAddr, body: &str) -> String {
    client::rest(client::post(relay, body).await).await
}

/// Everything that clients hear of runs that end in every way there is.
async fn every_end(relay: SocketAddr) -> String {
    let heard = [
        page(relay, request("good", PASSWORD), End::Waits).await,
        page(relay, request("good", WRONG), End::Waits).await,
        page(relay, request("outlook-like", TOKEN), End::Waits).await,
        page(relay, request("self-signed", WRONG), End::Waits).await,
        page(relay, silent(WRONG), End::Waits).await,
        page(relay, silent(WRONG), End::Cancels).await,
        page(relay, silent(WRONG), End::Leaves).await,
        page(relay, request("nothing-like-it", WRONG), End::Waits).await,
        // Refused before it runs: a field too much, a type that isn't one, a message that isn't whole.
        page(relay, json!({"email": USER, "password": WRONG, "oauth_token": TOKEN}), End::Waits).await,
        page(relay, json!({"password": [WRONG]}), End::Waits).await,
        program(relay, &json!({"request": request("good", PASSWORD)}).to_string()).await,
        program(relay, &json!({"request": request("good", WRONG)}).to_string()).await,
        program(relay, &format!("{{\"request\":{{\"password\":{},", json!(WRONG))).await,
        client::metrics(relay).await,
    ];
    assert!(heard[0].contains("\"code\":\"ok\""), "the right password signs in:\n{}", heard[0]);
    assert!(heard[1].contains("\"cause\":\"wrong-credentials\""), "the wrong one doesn't:\n{}", heard[1]);
    assert!(heard[4].contains("\"kind\":\"timed-out\""), "a run reaches its limit:\n{}", heard[4]);
    heard.concat()
}

/// A relay that says as much as it can, and whose runs end soon.
fn talkative(lab: &Lab) -> Relay {
    let variables = [
        ("RUST_LOG", "trace"),
        ("MAILTRIAGE_LOG_FORMAT", "json"),
        ("MAILTRIAGE_LIMITS_RUN_SECONDS", "6"),
        ("RUST_BACKTRACE", "1"),
    ];
    Relay::configured(Some(lab), &variables)
}

#[test]
fn no_secret_is_in_anything_that_the_relay_says_or_keeps() {
    let relay = talkative(shared());
    let needles = all_needles();
    let runtime = Runtime::new().expect("a runtime can be made");
    let heard = runtime.block_on(every_end(relay.address()));
    assert_eq!(found(&needles, heard.as_bytes()), None, "in what clients hear");
    drop(runtime);

    settle(&relay);
    let log = relay.log();
    assert!(log.contains("run ended"), "the log is there");
    assert_eq!(found(&needles, log.as_bytes()), None, "in the log");
    let kept = memory::search(relay.id(), |piece| found(&needles, piece).map(str::to_owned));
    assert_eq!(kept, None, "in the relay's memory, after its runs");
}

#[test]
fn no_secret_of_a_sign_in_at_an_issuer_is_in_anything_that_the_relay_says_or_keeps() {
    let lab = shared();
    let file = lab.issuer().configuration().replace("\"smtp\"]", "\"smtp\", \"offline_access\"]");
    let relay = Relay::with_file(Some(lab), &[("RUST_LOG", "trace"), ("RUST_BACKTRACE", "1")], &file);
    let runtime = Runtime::new().expect("a runtime can be made");
    let heard = runtime.block_on(async {
        let good = signed_in_as(relay.address(), USER, &json!({})).await;
        assert!(good.contains("\"code\":\"ok\""), "{good}");
        good + &signed_in_as(relay.address(), "other@mail.test", &json!({})).await
    });
    drop(runtime);
    settle(&relay);
    let kinds = ["access_token", "refresh_token", "id_token", "code", "verifier"];
    let secrets: Vec<(&str, String)> = kinds
        .into_iter()
        .flat_map(|kind| lab.issuer().ledger(kind).into_iter().map(move |secret| (kind, secret)))
        .chain([("client secret", CLIENT_SECRET.to_owned())])
        .collect();
    for kind in kinds {
        assert!(secrets.iter().any(|(of, _)| *of == kind), "no {kind} was made");
    }
    // The token is handed back in the background.
    let deadline = Instant::now() + Duration::from_secs(10);
    let handed_back = |token: &String| lab.issuer().ledger("revoked").contains(token);
    while !lab.issuer().ledger("access_token").iter().all(handed_back) {
        assert!(Instant::now() < deadline, "not every token was handed back");
        std::thread::sleep(Duration::from_millis(20));
    }
    for (kind, secret) in &secrets {
        let needles = needles(USER, secret);
        assert_eq!(found(&needles, heard.as_bytes()), None, "{kind}, in what clients hear");
        assert_eq!(found(&needles, relay.log().as_bytes()), None, "{kind}, in the log");
        // The relay needs its own secret again.
        if *kind != "client secret" {
            let kept = memory::search(relay.id(), |piece| found(&needles, piece).map(str::to_owned));
            assert_eq!(kept, None, "{kind}, in the relay's memory");
        }
    }
}

#[test]
fn the_scan_finds_what_is_there() {
    let relay = talkative(shared());
    let needles = all_needles();
    let runtime = Runtime::new().expect("a runtime can be made");
    // What a person types into the wrong field is shown to that person: the scan must see it.
    let leak = json!({"imap": {"host": WRONG, "port": 993, "security": "tls"}});
    let heard = runtime.block_on(page(relay.address(), leak, End::Waits));
    assert!(found(&needles, heard.as_bytes()).is_some(), "{heard}");
    // And while a run goes on, its password has to be somewhere.
    runtime.block_on(async {
        let mut socket = client::page(relay.address()).await;
        let start = client::start(relay.address(), silent(WRONG)).await;
        socket.send(start.into()).await.expect("the relay reads");
        socket.next().await.expect("the run begins").expect("a message");
        let held = memory::search(relay.id(), |piece| found(&needles, piece).map(str::to_owned));
        assert!(held.is_some(), "the password of a run under way wasn't found");
    });
}

#[test]
fn no_secret_is_in_anything_that_the_command_line_prints() {
    let needles = all_needles();
    for (host, secret, json) in [
        ("good", PASSWORD, true),
        ("good", WRONG, true),
        ("good", WRONG, false),
        ("outlook-like", TOKEN, true),
    ] {
        let (imap, smtp) = (format!("{host}.mail.test"), format!("{host}.mail.test"));
        let how =
            if secret == TOKEN { ["--oauth-token-env", "CANARY"] } else { ["--password-env", "CANARY"] };
        let mut command = Command::new(mailtriage());
        command.args(["check", USER, "--imap", &imap, "--smtp", &smtp]).args(how).args(shared().options());
        command.env("CANARY", secret).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1");
        if json {
            command.arg("--json");
        }
        let output = command.output().expect("the program starts");
        let printed = [output.stdout, output.stderr].concat();
        assert!(!printed.is_empty());
        assert_eq!(found(&needles, &printed), None, "{}", String::from_utf8_lossy(&printed));
    }
    let mut child = Command::new(mailtriage())
        .args(["check", USER, "--imap", "good.mail.test", "--password-stdin"])
        .args(shared().options())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(WRONG.as_bytes()).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(found(&needles, &[output.stdout, output.stderr].concat()), None);
}

/// Waits until nothing of the clients is left in the relay.
fn settle(relay: &Relay) {
    let runtime = Runtime::new().expect("a runtime can be made");
    let deadline = Instant::now() + Duration::from_secs(10);
    for counter in ["mailtriage_runs_in_flight", "mailtriage_websockets"] {
        while runtime.block_on(client::counter(relay.address(), counter)) > 0 {
            assert!(Instant::now() < deadline, "{counter} doesn't go down to nothing");
        }
    }
}
