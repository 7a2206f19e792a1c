//! What was acknowledged survives: the end of a process, and of the leader of three servers.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{File, PATIENCE, Shared, connect, note, opened, servers::Cluster};
use crate::cases::CaseId;

/// Set in the process that is to be killed: the database to append to.
const VICTIM: &str = "MAILTRIAGE_TEST_VICTIM";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_the_process_loses_no_acknowledged_event_of_a_file() {
    if let Ok(path) = std::env::var(VICTIM) {
        append_until_killed(&path).await;
    }
    let file = File::new();
    let test = std::env::current_exe().unwrap();
    let mut child = Command::new(test)
        .args([
            "--exact",
            "store::contract::crash::killing_the_process_loses_no_acknowledged_event_of_a_file",
        ])
        .arg("--nocapture")
        .env(VICTIM, file.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let acknowledged = |line: &String| line.contains("acknowledged ");
    let mut heard: Vec<String> = lines.map_while(Result::ok).filter(acknowledged).take(300).collect();
    child.kill().unwrap();
    child.wait().unwrap();

    let store = file.open().await;
    let case = CaseId::parse(&store.cases.list(|_| true)[0].case).unwrap();
    let kept: Vec<String> = read_all(&store, case).await;
    for line in heard.drain(..) {
        let id = line.rsplit(' ').next().unwrap();
        assert!(kept.iter().any(|kept| kept == id), "{id} was acknowledged and is gone");
    }
}

/// Many at a time, so that commits carry several.
async fn append_until_killed(path: &str) -> ! {
    let address = crate::config::StoreAddress::Sqlite(path.into());
    let store = super::Store::open(&address, &super::Settings::default(), true).await.unwrap();
    let case = CaseId::random().unwrap();
    store.cases.append(case, opened("anna"), None).await.unwrap();
    for lane in 0..8 {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let id = format!("{lane}-{number}");
                // A full case would end the test early: it's read long before.
                store.cases.append(case, note(&id), None).await.unwrap();
                println!("acknowledged {id}");
            }
        });
    }
    std::future::pending().await
}

async fn read_all(store: &super::Store, case: CaseId) -> Vec<String> {
    let events = store.cases.read(case, 0, usize::from(u16::MAX)).await.unwrap();
    events.into_iter().map(|event| event.draft.id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_the_leader_of_three_servers_loses_no_acknowledged_event() {
    let mut cluster = Cluster::start(3);
    let store = Shared::new(connect(&cluster).await);
    let case = CaseId::random().unwrap();
    store.cases.append(case, opened("anna"), None).await.unwrap();

    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let writer = {
        let store = Shared::clone(&store);
        tokio::spawn(async move {
            for number in 0.. {
                let id = number.to_string();
                if store.cases.append(case, note(&id), None).await.is_ok() && told.send(id).is_err() {
                    return;
                }
            }
        })
    };
    let mut acknowledged = Vec::new();
    while acknowledged.len() < 50 {
        acknowledged.push(timeout(PATIENCE, heard.recv()).await.unwrap().unwrap());
    }
    let leader = leader(&cluster).await;
    cluster.kill(&leader);
    let killed = Instant::now();
    // The others elect one of themselves, and appending goes on.
    let before = acknowledged.len();
    while acknowledged.len() < before + 200 {
        acknowledged.push(timeout(PATIENCE, heard.recv()).await.unwrap().unwrap());
    }
    assert!(killed.elapsed() < Duration::from_secs(40), "appending came back after {:?}", killed.elapsed());
    drop(heard);
    writer.await.unwrap();

    let kept = read_all(&store, case).await;
    let mut distinct = kept.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), kept.len(), "a retry was stored twice");
    for id in acknowledged {
        assert!(kept.contains(&id), "{id} was acknowledged and is gone");
    }
}

/// The name of the server that leads the stream of cases.
async fn leader(cluster: &Cluster) -> String {
    let client = async_nats::connect(cluster.addresses()).await.unwrap();
    let stream = async_nats::jetstream::new(client).get_stream("mailtriage-cases").await.unwrap();
    stream.cached_info().cluster.as_ref().and_then(|cluster| cluster.leader.clone()).unwrap()
}
