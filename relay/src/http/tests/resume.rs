//! A run whose connection is lost goes on for a while, and another connection goes on with it.

use tokio::io::AsyncWriteExt;

use super::{websocket::Client, *};
use crate::limits;

/// A `start` of a page that can come back.
fn resumable(port: u16) -> Value {
    let mut start = start(port);
    start["resumable"] = json!(true);
    start
}

fn resume(run: &str, seq: u64) -> Value {
    json!({"type": "resume", "run": run, "seq": seq})
}

fn waiting(seconds: u64) -> Limits {
    Limits { resume_seconds: seconds, ..Limits::default() }
}

/// Starts a run against a server that says nothing, and returns its token with the messages up to the connection.
async fn begun(client: &mut Client, silent: &Silent) -> (String, Vec<Value>, TcpStream) {
    client.say_json(resumable(silent.port())).await;
    let run = client.hear().await;
    assert_eq!(run["type"], "run", "{run}");
    let server = silent.connected().await;
    let mut heard = Vec::new();
    while heard.last().is_none_or(|last: &Value| last["step"] != "greeting" && last["step"] != "tls") {
        heard.push(client.hear().await);
    }
    (run["run"].as_str().unwrap().to_owned(), heard, server)
}

fn numbers(messages: &[Value]) -> Vec<u64> {
    messages.iter().map(|message| message["n"].as_u64().unwrap_or_else(|| panic!("{message}"))).collect()
}

fn in_flight(relay: &Relay) -> String {
    let metrics = relay.meter.text().unwrap();
    metrics.lines().find(|line| line.starts_with("mailtriage_runs_in_flight ")).unwrap().to_owned()
}

#[tokio::test]
async fn a_run_goes_on_over_another_connection_without_a_message_lost_or_said_twice() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let mut client = Client::new(&relay).await;
    let (run, mut heard, mut server) = begun(&mut client, &silent).await;
    // The last two were still on their way when the connection broke.
    let arrived = heard.len() - 2;
    let missed = heard.split_off(arrived);
    drop(client);

    let mut client = Client::new(&relay).await;
    client.say_json(resume(&run, arrived as u64)).await;
    let next = client.hear().await;
    assert_eq!(next["type"], "run");
    assert_ne!(next["run"], run, "each way back is good once");
    for message in missed {
        assert_eq!(client.hear().await, message);
        heard.push(message);
    }
    server.write_all(b"* BYE not now\r\n").await.unwrap();
    drop(server);
    heard.extend(client.hear_until("done").await);
    let all: Vec<u64> = (1..=heard.len() as u64).collect();
    assert_eq!(numbers(&heard), all);
    let diagnosis = heard.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
    assert_eq!(diagnosis["final"], true);
    let metrics = relay.meter.text().unwrap();
    assert!(metrics.contains("mailtriage_runs_total{outcome=\"fault\"} 1\n"), "it's one run: {metrics}");
}

#[tokio::test]
async fn a_run_that_ended_while_nobody_was_connected_is_told_to_its_end() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let mut client = Client::new(&relay).await;
    let (run, heard, server) = begun(&mut client, &silent).await;
    drop((client, server));
    // Its permit goes back at its end, whether anybody listens or not.
    while in_flight(&relay) != "mailtriage_runs_in_flight 0" {
        tokio::task::yield_now().await;
    }
    let mut client = Client::new(&relay).await;
    client.say_json(resume(&run, heard.len() as u64)).await;
    client.hear_until("done").await;
    client.say_json(start(silent.port())).await;
    let _server = silent.connected().await;
}

#[tokio::test]
async fn a_connection_that_nobody_knows_is_lost_gives_its_run_away() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut old = Client::new(&relay).await;
    let (run, heard, server) = begun(&mut old, &silent).await;
    let mut new = Client::new(&relay).await;
    new.say_json(resume(&run, heard.len() as u64)).await;
    assert_eq!(new.hear().await["type"], "run");
    assert!(old.hear_frame().await.unwrap().unwrap().is_close());
    // The first connection has nothing to do with it any more.
    drop(old);
    drop(server);
    new.hear_until("done").await;
}

#[tokio::test]
async fn a_run_is_given_to_its_own_token_origin_and_numbers_only() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    let (run, heard, server) = begun(&mut client, &silent).await;
    drop(client);
    let last = heard.len() as u64;

    let mut client = Client::new(&relay).await;
    let flipped = if run.ends_with('0') { "1" } else { "0" };
    for wrong in [
        "",
        "00",
        &run[1..],
        &run.to_uppercase().replace(char::is_numeric, "A"),
        &format!("{}{flipped}", &run[..31]),
    ] {
        client.say_json(resume(wrong, last)).await;
        client.refused("run").await;
    }
    let foreign = "https://evil.example".parse().unwrap();
    assert!(relay.resumable.claim(&run, &foreign).await.is_none(), "a page of another origin");

    client.say_json(resume(&run, last)).await;
    assert_eq!(client.hear().await["type"], "run", "none of that used it up");
    let mut second = Client::new(&relay).await;
    second.say_json(resume(&run, last)).await;
    second.refused("run").await;
    drop(server);
    client.hear_until("done").await;
}

#[tokio::test]
async fn a_run_that_nobody_comes_back_to_ends_with_its_time() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], waiting(1)).await;
    let mut client = Client::new(&relay).await;
    let (run, heard, server) = begun(&mut client, &silent).await;
    drop(client);
    closes(server).await;
    let mut client = Client::new(&relay).await;
    client.say_json(resume(&run, heard.len() as u64)).await;
    client.refused("run").await;
    assert_eq!(in_flight(&relay), "mailtriage_runs_in_flight 0");
}

#[tokio::test]
async fn cancel_and_a_proper_goodbye_end_a_run_at_once() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    for goodbye in [false, true] {
        let mut client = Client::new(&relay).await;
        let (run, heard, server) = begun(&mut client, &silent).await;
        if goodbye {
            client.socket.close(None).await.unwrap();
        } else {
            client.say_json(json!({"type": "cancel"})).await;
            client.hear_until("done").await;
            drop(client);
        }
        closes(server).await;
        let mut client = Client::new(&relay).await;
        client.say_json(resume(&run, heard.len() as u64)).await;
        let answer = client.hear().await;
        // After a cancel the connection was lost: all that is left is the `done`, or nothing.
        assert!(goodbye == (answer["type"] == "problem"), "{answer}");
    }
}

#[tokio::test]
async fn a_stopping_relay_waits_for_nobody() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut client = Client::new(&relay).await;
    let (_, _, server) = begun(&mut client, &silent).await;
    drop(client);
    relay.stopping.cancel();
    closes(server).await;
}

#[tokio::test]
async fn where_runs_are_not_kept_there_is_no_token() {
    let port = closed_port().await;
    let relay = relay(&[port], waiting(0)).await;
    let mut client = Client::new(&relay).await;
    client.say_json(resumable(port)).await;
    let heard = client.hear_until("done").await;
    assert!(heard.iter().all(|message| message["type"] != "run"), "{heard:?}");
}

#[tokio::test]
async fn no_more_runs_are_known_than_there_is_room_for() {
    let relay = relay(&[], Limits::default()).await;
    let origin = ORIGIN.parse().unwrap();
    let places: Vec<_> = (0..limits::RESUMABLE).map_while(|_| relay.resumable.place(&origin)).collect();
    assert_eq!(places.len(), limits::RESUMABLE);
    assert!(relay.resumable.place(&origin).is_none());
    drop(places);
    assert!(relay.resumable.place(&origin).is_some());
}

#[tokio::test]
async fn a_new_run_takes_the_place_of_one_that_lost_its_connection() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let mut client = Client::new(&relay).await;
    let (run, _, server) = begun(&mut client, &silent).await;
    drop(client);

    let mut client = Client::new(&relay).await;
    let mut start = resumable(silent.port());
    start["instead_of"] = json!(run);
    client.say_json(start).await;
    assert_eq!(client.hear().await["type"], "run", "the one run of this client is free again");
    closes(server).await;
    let _server = silent.connected().await;
}
