//! Plays every transcript file, cut at every byte, and expects the same events each time.

mod support;

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use protocol::TranscriptLine;
use support::{
    peer::{Peer, Polled, USER},
    render,
    script::{self, Step},
};

/// How the server's bytes arrive.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// Each of the server's turns in one piece.
    Nowhere,
    /// Every byte alone.
    Everywhere,
    /// In two pieces: this many bytes of the turn of this number, then the rest.
    At { turn: usize, byte: usize },
}

/// What a replay gave.
#[derive(Debug, Default)]
struct Played {
    events: Vec<String>,
    /// What was written and not yet compared with a `C:` line.
    written: Vec<u8>,
    transcript: Vec<TranscriptLine>,
    secrets: Vec<String>,
    /// The lengths of the server's turns.
    turns: Vec<usize>,
}

#[test]
fn every_transcript_gives_the_same_events_wherever_it_is_cut() {
    let files = files();
    assert!(files.len() >= 24, "only {} transcripts were found", files.len());
    for (name, text) in files {
        let steps = script::parse(&text);
        let whole = check(&name, &steps, Cut::Nowhere);
        check(&name, &steps, Cut::Everywhere);
        for (turn, length) in whole.turns.into_iter().enumerate() {
            (1..length).for_each(|byte| drop(check(&name, &steps, Cut::At { turn, byte })));
        }
    }
}

fn files() -> Vec<(String, String)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let entries = fs::read_dir(directory).expect("the transcripts are there");
    let paths = entries.map(|entry| entry.expect("a readable directory").path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("a transcript in UTF-8"))
    };
    paths.map(read).collect()
}

fn check(name: &str, steps: &[Step], cut: Cut) -> Played {
    let played = play(name, steps, cut);
    let expected: Vec<&String> =
        steps.iter().filter_map(|step| if let Step::Expect(e) = step { Some(e) } else { None }).collect();
    assert_eq!(played.events.iter().collect::<Vec<_>>(), expected, "events of {name}, cut {cut:?}");
    assert_eq!(render::text(&played.written), "", "written without a C: line in {name}, cut {cut:?}");
    for needle in played.secrets.iter().flat_map(|secret| needles(secret)) {
        let shows = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(
            !played.transcript.iter().any(|line| shows(&line.text)),
            "{name} shows a secret: {:?}",
            played.transcript
        );
        assert!(
            !played.events.iter().any(|event| shows(event.as_bytes())),
            "{name} reports a secret: {:?}",
            played.events
        );
    }
    played
}

fn play(name: &str, steps: &[Step], cut: Cut) -> Played {
    let (mut peer, mut played) = (Peer::for_file(name), Played::default());
    let mut steps = steps.iter().filter(|step| !matches!(step, Step::Expect(_))).peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Do(action) => act(&mut peer, action, &mut played),
            Step::Client(expected) => {
                let length = expected.len().min(played.written.len());
                let written: Vec<u8> = played.written.drain(..length).collect();
                assert_eq!(render::text(&written), render::text(expected), "written in {name}, cut {cut:?}");
            }
            Step::Server(first) => {
                let mut turn = first.clone();
                while let Some(Step::Server(more)) = steps.next_if(|step| matches!(step, Step::Server(_))) {
                    turn.extend(more);
                }
                feed(&mut peer, &turn, cut, &mut played);
            }
            Step::Expect(_) => {}
        }
    }
    played.transcript.extend(std::iter::from_fn(|| peer.next_transcript()));
    played
}

fn act(peer: &mut Peer, action: &str, played: &mut Played) {
    match action {
        "upgrade" => played.events.extend(
            peer.upgrade().err().map(|injected| format!("injected {}", render::text(&injected.bytes))),
        ),
        "finish" => played.events.extend(peer.finish().as_ref().map(render::unrecognised)),
        command => {
            if let Some(secret) = command.strip_prefix("sign-in ").and_then(|rest| rest.split_once(' ')) {
                played.secrets.push(secret.1.to_owned());
            }
            match peer.send(command) {
                Ok(Ok(outgoing)) => played.written.extend(outgoing.as_bytes()),
                Ok(Err(error)) => played.events.push(format!("not sent: {error:?}")),
                Err(offer) => played.events.push(offer),
            }
        }
    }
}

fn feed(peer: &mut Peer, turn: &[u8], cut: Cut, played: &mut Played) {
    let number = played.turns.len();
    played.turns.push(turn.len());
    let pieces: Vec<&[u8]> = match cut {
        Cut::Everywhere => turn.chunks(1).collect(),
        Cut::At { turn: at, byte } if at == number => vec![&turn[..byte], &turn[byte..]],
        _ => vec![turn],
    };
    for piece in pieces {
        peer.receive(piece);
        while let Some(polled) = peer.poll() {
            match polled {
                Polled::Event(event) => played.events.push(event),
                Polled::Write(outgoing) => played.written.extend(outgoing.as_bytes()),
            }
        }
    }
}

/// What may appear nowhere: the secret as it is, in base64 at each alignment, and within the message of PLAIN.
fn needles(secret: &str) -> Vec<Vec<u8>> {
    let aligned = |shift: usize| {
        let encoded = STANDARD.encode([vec![b'x'; shift], secret.into()].concat());
        // The first group mixes in the filler, the last one what would follow the secret.
        encoded.as_bytes()[(shift.div_ceil(3)) * 4..encoded.len() - 4].to_vec()
    };
    let plain = STANDARD.encode(format!("\0{USER}\0{secret}"));
    let mut needles = vec![secret.into(), plain.into_bytes()];
    needles.extend((0..3).map(aligned));
    needles
}
