//! Puts one relay under load and prints what it cost, as the tables of `docs/load.md`: `cargo xtask load`.

use tests::load::{Bench, Figures, disconnects, idle, runs_at_once, runs_in_flight, stalled, watchers};

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(async {
        // Each on a fresh relay: memory that one scenario has used would be there for the next.
        show("10,000 idle WebSockets", idle(&Bench::start().await, 10_000).await);
        show("1,000 runs in flight", runs_in_flight(&Bench::start().await, 1000).await);
        show("1,000 runs at once", runs_at_once(&Bench::start().await, 1000).await);
        show("200 pages that don't read", stalled(&Bench::start().await, 200).await);
        show("1,000 cases, each followed by 10", watchers(&Bench::start().await, 1000, 10).await);
        show("500 clients that leave in the middle", disconnects(&Bench::start().await, 500).await);
    });
}

fn show(title: &str, figures: Figures) {
    println!("| {title} | |\n|---|---|");
    for (what, how_much) in figures {
        println!("| {what} | {how_much} |");
    }
    println!();
}
