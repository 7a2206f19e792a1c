//! Many cases, each followed by several people: how soon an event reaches all of them, and what they cost.

use std::time::{Duration, Instant};

use futures::{StreamExt, future::join_all, stream};
use serde_json::json;

use super::{
    Bench, Figures,
    process::Process,
    scenario::{kib_each, mib},
};
use crate::{
    desk::{Watcher, agent, told},
    directory::Directory,
};

/// Requests at the same time; more would only wait in the listener's queue.
const SIDE_BY_SIDE: usize = 32;

/// So many cases with so many watchers each, on a relay of their own with a file. Each case gets one event, which every watcher of it,
/// and nobody else, must hear of once.
///
/// # Panics
/// When somebody doesn't.
pub async fn watchers(bench: &Bench, cases: usize, each: usize) -> Figures {
    let directory = Directory::new();
    let store = format!("sqlite:{}", directory.path().join("mailtriage.db").display());
    let token = agent(&store, "bench");
    let process = Process::start(&bench.peer, &[("MAILTRIAGE_STORE", &store)]);
    let relay = process.address;
    let new = json!({});
    let open = || told(relay, "/api/v1/cases", Some(&token), &new);
    let opened: Vec<_> =
        stream::iter(0..cases).map(|_| open()).buffer_unordered(SIDE_BY_SIDE).collect().await;
    let names: Vec<String> =
        opened.iter().map(|one| one["case"].as_str().expect("a case").to_owned()).collect();

    let before = process.memory_kib();
    let all = names.iter().flat_map(|case| std::iter::repeat_n(case, each));
    let connect = async |case: &String| (case.clone(), Watcher::agent(relay, case, &token, 0).await);
    let mut following: Vec<_> = stream::iter(all).map(connect).buffer_unordered(SIDE_BY_SIDE).collect().await;
    let caught_up = following.iter_mut().map(|(_, watcher)| watcher.until(|event| event["kind"] == "opened"));
    join_all(caught_up).await;
    let after = process.memory_kib();

    // When each case's event was asked for; its watchers tell when they heard of it.
    let waiting = following.into_iter().map(|(case, mut watcher)| {
        tokio::spawn(async move {
            watcher.until(|event| event["kind"] == "noted").await;
            (case, Instant::now())
        })
    });
    let waiting: Vec<_> = waiting.collect();
    let note = json!({"id": "1", "kind": "note", "text": "hello"});
    let write = async |case: &String| {
        let begun = Instant::now();
        told(relay, &format!("/api/v1/cases/{case}/commands"), Some(&token), &note).await;
        (case.clone(), begun)
    };
    let written: std::collections::HashMap<String, Instant> =
        stream::iter(&names).map(write).buffer_unordered(SIDE_BY_SIDE).collect().await;
    let mut delays: Vec<Duration> = Vec::new();
    for heard in join_all(waiting).await {
        let (case, at) = heard.expect("every watcher hears of it");
        delays.push(at.duration_since(written[&case]));
    }
    assert_eq!(delays.len(), cases * each);
    delays.sort();
    drop(process);
    let at = |hundredths: usize| format!("{} ms", delays[(delays.len() - 1) * hundredths / 100].as_millis());
    vec![
        ("memory without watchers", mib(before)),
        ("memory with all of them", mib(after)),
        ("for each watcher", kib_each(after.saturating_sub(before), cases * each)),
        ("from the request to half of the watchers", at(50)),
        ("from the request to 99 in a hundred", at(99)),
    ]
}
