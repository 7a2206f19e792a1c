//! Handshakes that go wrong: answers that aren't TLS, broken TLS, and a real server's flight cut at every byte.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use error_model::evidence::{Observation, TlsOutcome};
use tests::hostile::{Check, Clock, Identity, Outcome, Peer, Wire};
use tokio_rustls::rustls::{ServerConfig, ServerConnection};

fn handshake(outcome: &Outcome) -> TlsOutcome {
    let seen = outcome.find(|o| match o {
        Observation::TlsHandshake { outcome, .. } => Some(outcome.clone()),
        _ => None,
    });
    seen.unwrap_or_else(|| panic!("no handshake was seen:\n{}", outcome.seen()))
}

/// Answers the TLS hello with this, and hangs up.
async fn answering(answer: Vec<u8>) -> Peer {
    Peer::once(move |mut wire: Wire| {
        let answer = answer.clone();
        async move {
            wire.hello().await?;
            wire.say(answer).await
        }
    })
    .await
}

/// A record of TLS.
fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a record holds no more").to_be_bytes();
    [&[kind, 3, 3], &length[..], content].concat()
}

#[tokio::test]
async fn an_answer_that_is_no_tls_is_a_finding() {
    for (answer, headline) in [
        (b"* OK ready\r\n".to_vec(), "004 plaintext-on-tls-port proven"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), "002 wrong-service-on-port proven"),
        (b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), "002 wrong-service-on-port proven"),
        (b"what is this?\r\n".to_vec(), "004 plaintext-on-tls-port likely"),
        (vec![0; 64], "008 handshake-failed proven"),
        (vec![0xff; 64], "008 handshake-failed proven"),
        // SSL 2.0's server hello.
        (vec![0x80, 0x2e, 0x04, 0x00, 0x01, 0x00, 0x02], "008 handshake-failed proven"),
        // A record that announces more than a record may hold.
        ([vec![0x16, 3, 3, 0xff, 0xff], vec![2; 64]].concat(), "008 handshake-failed likely"),
        // A message of 16 MiB.
        (record(0x16, &[2, 0xff, 0xff, 0xff, 3, 3]), "008 handshake-failed likely"),
        // Data before the handshake, an unknown type of record, an empty record.
        (record(0x17, b"* OK ready\r\n"), "008 handshake-failed proven"),
        (record(0x63, b"?"), "008 handshake-failed proven"),
        (record(0x16, b""), "008 handshake-failed proven"),
        // A message out of turn: Finished.
        (record(0x16, &[20, 0, 0, 1, 0]), "008 handshake-failed proven"),
        (vec![], "008 handshake-failed likely"),
    ] {
        let shown = answer.escape_ascii().to_string();
        let peer = answering(answer).await;
        let outcome = Check::imap(&peer).tls().run().await;
        assert_eq!(outcome.headline(), headline, "{shown}: {:?}", handshake(&outcome));
    }
}

#[tokio::test]
async fn endless_records_end_the_handshake() {
    for flood in [
        record(0x16, b""),
        record(0x15, &[1, 90]),
        record(0x14, &[1]),
        record(0x17, b""),
        record(0x16, &[0, 0, 0, 0]),
        vec![0x16],
        vec![0],
    ] {
        let shown = format!("{flood:x?}");
        let peer = Peer::once(move |mut wire: Wire| {
            let flood = flood.repeat(256);
            async move {
                wire.hello().await?;
                wire.flood(flood).await
            }
        })
        .await;
        let outcome = Check::smtp(&peer).tls().run().await;
        assert!(outcome.took.as_secs() < 9, "{shown} held the run for {:?}", outcome.took);
        assert!(outcome.headline().starts_with("008"), "{shown}: {}", outcome.headline());
    }
}

/// What a server with this configuration answers to `hello`, up to where it awaits the client again.
fn flight(config: Arc<ServerConfig>, hello: &[u8]) -> Vec<u8> {
    let mut server = ServerConnection::new(config).expect("the configuration is one");
    server.read_tls(&mut &hello[..]).expect("a slice can be read");
    server.process_new_packets().expect("the client's hello is in order");
    let mut flight = Vec::new();
    while server.wants_write() {
        server.write_tls(&mut flight).expect("a vector can be written");
    }
    flight
}

/// One run against a server of which the last `missing` bytes of its first flight never come; gives how long the flight
/// was, and the run.
async fn cut(config: fn(&Identity) -> Arc<ServerConfig>, missing: usize) -> (usize, Outcome) {
    let length = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&length);
    let peer = Peer::once(move |mut wire: Wire| {
        let seen = Arc::clone(&seen);
        async move {
            let flight = flight(config(&wire.identity), &wire.hello().await?);
            seen.store(flight.len(), Ordering::Relaxed);
            wire.say(&flight[..flight.len().saturating_sub(missing)]).await
        }
    })
    .await;
    let outcome = Check::imap(&peer).tls().run().await;
    (length.load(Ordering::Relaxed), outcome)
}

async fn cut_everywhere(config: fn(&Identity) -> Arc<ServerConfig>) {
    let (mut missing, mut length) = (1, 1);
    while missing <= length {
        let outcome;
        (length, outcome) = cut(config, missing).await;
        let closed = TlsOutcome::Closed { reset: false, after_bytes: missing < length };
        assert_eq!(handshake(&outcome), closed, "{missing} of {length} bytes are missing");
        outcome.is(if missing < length {
            "008 handshake-failed proven"
        } else {
            "008 handshake-failed likely"
        });
        missing += 1;
    }
    assert!(length > 500, "that was no flight: {length} bytes");
}

#[tokio::test]
async fn a_handshake_of_tls13_that_is_cut_at_any_byte_is_a_handshake_that_failed() {
    cut_everywhere(Identity::server).await;
}

#[tokio::test]
async fn a_handshake_of_tls12_that_is_cut_at_any_byte_is_a_handshake_that_failed() {
    cut_everywhere(Identity::server_of_tls12).await;
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_stops_in_the_middle_is_not_waited_for() {
    let _clock = Clock::hold();
    for part in [0, 1, 4, 5, 6, 100, 300, 700] {
        let peer = Peer::once(move |mut wire: Wire| async move {
            let flight = flight(wire.identity.server_of_tls12(), &wire.hello().await?);
            wire.say(&flight[..part.min(flight.len() - 1)]).await?;
            wire.outwait().await
        })
        .await;
        let outcome = Check::imap(&peer).tls().run().await;
        assert_eq!(handshake(&outcome), TlsOutcome::TimedOut, "{part}");
        outcome.is("002 server-silent likely");
        assert!(outcome.took < Duration::from_secs(30), "{:?}", outcome.took);
    }
}
