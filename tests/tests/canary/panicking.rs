//! A run that panics: what it held goes as its task unwinds, and the panic says nothing of it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::json;
use tests::hostile::{Peer, Server, Wire};
use tokio::runtime::Runtime;

use crate::{
    USER, WRONG, memory,
    needles::{Needle, found, needles},
};

/// A server that takes a sign-in, and refuses it where it answers at all.
async fn server(answers: bool) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        let tag = wire.tag().await?;
        wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n")).await?;
        let tag = wire.tag().await?;
        if answers {
            wire.say(format!("{tag} NO [AUTHENTICATIONFAILED] no\r\n")).await?;
        }
        wire.listen().await
    })
    .await
}

/// A process with a run against that server, which panics at that moment.
fn run(peer: &Peer, when: &str) -> Child {
    let address = peer.address();
    let imap = json!({"host": address.ip(), "port": address.port(), "security": "starttls"});
    let request = json!({"email": USER, "imap": imap, "password": WRONG, "allow_unclean_tls": true});
    let mut child = Command::new(env!("CARGO_BIN_EXE_panicking"))
        .args([&address.port().to_string(), when])
        .env("RUST_BACKTRACE", "full")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let input = child.stdin.as_mut().expect("a pipe");
    writeln!(input, "{}", json!({ "request": request })).expect("the program reads");
    child
}

fn held(child: &Child, needles: &[Needle]) -> Option<String> {
    memory::search(child.id(), |piece| found(needles, piece).map(str::to_owned))
}

#[test]
fn no_secret_is_left_by_a_run_that_panics_nor_said_by_the_panic() {
    let needles = needles(USER, WRONG);
    let runtime = Runtime::new().expect("a runtime can be made");
    for when in ["started", "answered"] {
        let peer = runtime.block_on(server(true));
        let mut child = run(&peer, when);
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        output.read_line(&mut line).expect("the program prints");
        let kept = held(&child, &needles);
        drop(child.stdin.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("the program prints");
        child.wait().expect("the program ends");
        assert_eq!(line, "unwound\n", "{said}");
        assert!(said.contains("in the middle of a run"), "{said}");
        assert_eq!(kept, None, "in memory, after the panic at {when}");
        assert_eq!(found(&needles, said.as_bytes()), None, "{said}");
    }
}

#[test]
fn a_run_that_has_not_panicked_yet_holds_its_secret() {
    let needles = needles(USER, WRONG);
    let runtime = Runtime::new().expect("a runtime can be made");
    let peer = runtime.block_on(server(false));
    let mut child = run(&peer, "never");
    let deadline = Instant::now() + Duration::from_secs(20);
    while !peer.heard().first().is_some_and(|heard| heard.inside.windows(12).any(|w| w == b"AUTHENTICATE")) {
        assert!(Instant::now() < deadline, "nobody signs in");
        std::thread::yield_now();
    }
    let kept = held(&child, &needles);
    child.kill().expect("it's ours");
    child.wait().expect("it ends");
    assert!(kept.is_some(), "the scan sees nothing");
}
