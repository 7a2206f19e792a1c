//! Runs within a case: no secret is in what the store keeps on its disks, nor in anything that the agent gets to see.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tests::browser::relay::Relay;
use tests::client;
use tests::desk::{Nats, Watcher, agent, seen, told};
use tests::directory::Directory;
use tests::lab::{PASSWORD, shared};
use tokio::runtime::Runtime;

use super::{
    TOKEN, USER, WRONG, all_needles,
    needles::{found, needles},
    request, settle,
};

/// A note that an agent writes: nobody's secret, so that the scan must find it everywhere.
const NOTED: &str = "Zaunkönig\"im\\Gebüsch+7/9 & 雀";

/// Every file below this directory, with its bytes.
fn files(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(directory).expect("the directory can be read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => fs::read(&path).map(|bytes| vec![(path, bytes)]).unwrap_or_default(),
        })
        .collect()
}

/// A customer's run. An account is signed in to once at a time: where the last run hasn't given its place back, this waits.
async fn run(relay: SocketAddr, key: &str, request: Value) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !ends(relay, key, request.clone()).await {
        assert!(Instant::now() < deadline, "the account stays in use");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Whether the run came to its end; `false` where the relay asks for another try.
async fn ends(relay: SocketAddr, key: &str, request: Value) -> bool {
    let mut page = client::page(relay).await;
    let mut start: Value = serde_json::from_str(&client::start(relay, request).await).expect("JSON");
    start["case"] = json!(key);
    page.send(start.to_string().into()).await.expect("the relay reads");
    while let Some(Ok(message)) = page.next().await {
        let text = message.to_text().unwrap_or_default();
        if text.contains("\"type\":\"done\"") {
            return true;
        }
        if text.contains("\"type\":\"problem\"") {
            assert!(text.contains("\"rate-limited\""), "{text}");
            return false;
        }
    }
    panic!("the run didn't end");
}

/// A case whose customer shows the address and signs in rightly and wrongly; gives everything that its agent sees.
async fn triage(relay: SocketAddr, token: &str) -> String {
    let new = json!({"ticket": "4711", "email": USER});
    let opened = told(relay, "/api/v1/cases", Some(token), &new).await;
    let case = opened["case"].as_str().expect("a case").to_owned();
    let path = format!("/api/v1/join/{}", opened["code"].as_str().expect("a code"));
    let joined = told(relay, &path, None, &json!({"agreed": true, "show_email": USER})).await;
    let key = joined["token"].as_str().expect("a token").to_owned();
    let mut watcher = Watcher::agent(relay, &case, token, 0).await;
    let runs = [("good", PASSWORD), ("good", WRONG), ("outlook-like", TOKEN), ("self-signed", WRONG)];
    for (host, secret) in runs {
        run(relay, &key, request(host, secret)).await;
    }
    let note = json!({"id": "1", "kind": "note", "text": NOTED});
    told(relay, &format!("/api/v1/cases/{case}/commands"), Some(token), &note).await;
    let mut heard = String::new();
    // The record is a moment behind the run itself.
    let mut ended = 0;
    while ended < runs.len() || !heard.contains("\"kind\":\"noted\"") {
        let text = watcher.text().await.expect("the connection lasts");
        ended += usize::from(text.contains("\"type\":\"done\""));
        heard += &text;
        heard.push('\n');
    }
    for path in ["", "/export?format=markdown", "/export?format=plain", "/export?format=json", "/reply"] {
        heard += &seen(relay, &format!("/api/v1/cases/{case}{path}"), token).await;
    }
    heard += &seen(relay, "/api/v1/cases", token).await;
    heard += &seen(relay, "/api/v1/cases.csv", token).await;
    for shown in ["wrong-credentials", "self-signed", USER] {
        assert!(heard.contains(shown), "the case has {shown}:\n{heard}");
    }
    heard
}

/// Asserts that after a case the store's files have the note and no secret; `names` are parts of file names that must be
/// among them.
fn scan(store: &str, directory: &Path, names: &[&str]) {
    let token = agent(store, "anna");
    // The lab has a runtime of its own, so it's up before the test's.
    let relay = Relay::configured(Some(shared()), &[("MAILTRIAGE_STORE", store), ("RUST_LOG", "trace")]);
    let runtime = Runtime::new().expect("a runtime can be made");
    let heard = runtime.block_on(triage(relay.address(), &token));
    settle(&relay);
    let (secrets, note) = (all_needles(), needles(USER, NOTED));
    assert!(found(&note, heard.as_bytes()).is_some(), "the scan sees nothing");
    assert_eq!(found(&secrets, heard.as_bytes()), None, "in what the agent sees");
    assert_eq!(found(&secrets, relay.log().as_bytes()), None, "in the log");
    let kept = files(directory);
    for name in names {
        let is_there =
            kept.iter().any(|(path, bytes)| path.to_string_lossy().contains(name) && !bytes.is_empty());
        assert!(is_there, "there is no {name}");
    }
    assert!(
        kept.iter().any(|(_, bytes)| found(&note, bytes).is_some()),
        "the scan sees nothing of the store"
    );
    let keys = needles(USER, &token);
    for (path, bytes) in &kept {
        assert_eq!(found(&secrets, bytes), None, "in {}", path.display());
        assert_eq!(found(&keys, bytes), None, "the agent's own token, in {}", path.display());
    }
}

#[test]
fn no_secret_of_a_case_is_in_the_database_its_log_or_anything_that_the_agent_sees() {
    let directory = Directory::new();
    let file = directory.path().join("mailtriage.db");
    scan(&format!("sqlite:{}", file.display()), directory.path(), &["mailtriage.db", "mailtriage.db-wal"]);
}

#[test]
fn no_secret_of_a_case_is_in_the_brokers_files_or_anything_that_the_agent_sees() {
    let directory = Directory::new();
    let nats = Nats::start(directory.path());
    scan(&nats.store, directory.path(), &[".blk"]);
}
