//! A little of each kind of load, on every machine: the relay serves all of it, and lets go of all of it. What a lot of it
//! costs is measured by `cargo xtask load`.

use tests::load::{Bench, disconnects, idle, runs_at_once, runs_in_flight, stalled, watchers};

/// The scenarios check what the relay does; the figures of so little say nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_at_once_are_all_served_and_all_let_go() {
    let bench = Bench::start().await;
    idle(&bench, 500).await;
    runs_in_flight(&bench, 60).await;
    runs_at_once(&bench, 60).await;
    stalled(&bench, 30).await;
    disconnects(&bench, 60).await;
    watchers(&bench, 20, 3).await;
}
