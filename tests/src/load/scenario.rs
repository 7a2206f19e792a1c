//! What the load consists of. Each scenario checks that the relay did what it was asked, and gives its figures.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt, future::join_all, stream};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};

use super::{Bench, PATIENCE, Peer};
use crate::client;

/// Clients that connect at the same time; more would only wait in the listener's queue.
const SIDE_BY_SIDE: usize = 64;

/// What a scenario measured, as lines of a table: what, and how much.
pub type Figures = Vec<(&'static str, String)>;

/// Open WebSockets with no run on them.
pub async fn idle(bench: &Bench, count: usize) -> Figures {
    let relay = bench.relay.address;
    let before = bench.relay.memory_kib();
    let begun = Instant::now();
    let pages: Vec<_> =
        stream::iter(0..count).map(|_| client::page(relay)).buffer_unordered(SIDE_BY_SIDE).collect().await;
    let connected = begun.elapsed();
    assert_eq!(client::counter(relay, "mailtriage_websockets").await, pages.len() as u64);
    let after = bench.relay.memory_kib();
    vec![
        ("memory before", mib(before)),
        ("memory with all of them", mib(after)),
        ("for each WebSocket", kib_each(after.saturating_sub(before), count)),
        ("time to connect all", seconds(connected)),
    ]
}

/// Runs whose both lanes have got as far as TLS and wait for a greeting, all at the same time.
pub async fn runs_in_flight(bench: &Bench, count: usize) -> Figures {
    bench.peer.hold(true);
    let before = bench.relay.memory_kib();
    let answers = join_all((0..count).map(|_| begin(bench))).await;
    until(|| bench.peer.held() == 2 * count).await;
    let after = bench.relay.memory_kib();
    bench.peer.hold(false);
    let passed = join_all(answers.into_iter().map(passes)).await;
    assert!(passed.iter().all(|passed| *passed), "every run passes once the server greets");
    vec![
        ("memory before", mib(before)),
        ("memory with all of them", mib(after)),
        ("for each run in flight", kib_each(after.saturating_sub(before), count)),
    ]
}

/// Runs that start at the same time against a server that answers at once.
pub async fn runs_at_once(bench: &Bench, count: usize) -> Figures {
    let begun = Instant::now();
    let runs = join_all((0..count).map(|_| whole_run(bench))).await;
    let all = begun.elapsed();
    assert!(runs.iter().all(|(_, passed)| *passed), "every run passes");
    let mut times: Vec<Duration> = runs.into_iter().map(|(time, _)| time).collect();
    times.sort();
    let at = |hundredths: usize| seconds(times[(times.len() - 1) * hundredths / 100]);
    vec![
        ("until the last one ended", seconds(all)),
        ("runs a second", format!("{:.0}", count as f64 / all.as_secs_f64())),
        ("half of them within", at(50)),
        ("99 in a hundred within", at(99)),
    ]
}

/// Pages that start a run and never read its messages.
pub async fn stalled(bench: &Bench, count: usize) -> Figures {
    let relay = bench.relay.address;
    let before = bench.relay.memory_kib();
    let request = request(&bench.peer);
    let pages = join_all((0..count).map(|_| async {
        let mut page = client::page(relay).await;
        let start = client::start(relay, request.clone()).await;
        page.send(start.into()).await.expect("the relay reads");
        page
    }))
    .await;
    let begun = Instant::now();
    while client::counter(relay, "mailtriage_runs_in_flight").await > 0 {
        assert!(begun.elapsed() < PATIENCE, "runs don't end although nobody reads");
    }
    let after = bench.relay.memory_kib();
    drop(pages);
    vec![
        ("until no run was left", seconds(begun.elapsed())),
        ("for each page that doesn't read", kib_each(after.saturating_sub(before), count)),
    ]
}

/// Clients that leave in the middle of a run.
pub async fn disconnects(bench: &Bench, count: usize) -> Figures {
    let relay = bench.relay.address;
    bench.peer.hold(true);
    let answers = join_all((0..count).map(|_| begin(bench))).await;
    until(|| bench.peer.held() == 2 * count).await;
    let begun = Instant::now();
    drop(answers);
    while client::counter(relay, "mailtriage_runs_in_flight").await > 0 {
        assert!(begun.elapsed() < PATIENCE, "runs go on although nobody is there");
    }
    let gone = begun.elapsed();
    bench.peer.hold(false);
    vec![("until no run was left", seconds(gone))]
}

/// A run of both of the peer's services.
fn request(peer: &Peer) -> Value {
    let at = |address: SocketAddr| json!({"host": "127.0.0.1", "port": address.port(), "security": "tls"});
    json!({"imap": at(peer.imap), "smtp": at(peer.smtp)})
}

/// Starts such a run, without a WebSocket.
async fn begin(bench: &Bench) -> TcpStream {
    let start = json!({"request": request(&bench.peer)}).to_string();
    client::post(bench.relay.address, &start).await
}

/// Reads a run to its end: how long it took, and whether every step passed.
async fn whole_run(bench: &Bench) -> (Duration, bool) {
    let begun = Instant::now();
    let passed = passes(begin(bench).await).await;
    (begun.elapsed(), passed)
}

/// Whether every step passed.
async fn passes(answer: TcpStream) -> bool {
    let text = client::rest(answer).await;
    text.contains(r#""code":"ok""#) && text.contains(r#""type":"done""#)
}

async fn until(reached: impl Fn() -> bool) {
    let waiting = async {
        while !reached() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, waiting).await.expect("the relay gets there");
}

pub(super) fn mib(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}

pub(super) fn kib_each(kib: u64, count: usize) -> String {
    format!("{:.1} KiB", kib as f64 / count as f64)
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
