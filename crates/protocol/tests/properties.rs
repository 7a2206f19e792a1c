//! Whatever a server sends: no panic, the same events wherever it is cut, and never a secret.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use protocol::{TranscriptLine, imap, limits, sasl::Credentials, sasl::Mechanism, smtp};

/// What was said in a dialogue, as text to compare and to search.
#[derive(Debug, Default, PartialEq, Eq)]
struct Heard {
    events: Vec<String>,
    /// All bytes of the server that events and transcript hold.
    bytes: Vec<u8>,
}

impl Heard {
    fn transcript(&mut self, lines: impl Iterator<Item = TranscriptLine>) {
        for line in lines {
            assert!(line.text.len() <= limits::TRANSCRIPT_LINE);
            self.bytes.extend(line.text);
            self.bytes.push(b'\n');
        }
    }
}

/// Words that a server's lines are made of, so that chance finds more than nonsense.
const WORDS: &[&str] = &[
    "* ",
    "+ ",
    "+",
    "t1 ",
    "t2 ",
    "OK",
    "NO ",
    "BAD ",
    "BYE ",
    "PREAUTH ",
    "[ALERT] ",
    "[CAPABILITY ",
    "[",
    "] ",
    "CAPABILITY ",
    "ID (",
    "NAMESPACE ",
    "STATUS ",
    "12 EXISTS",
    "((\"\" \"/\"))",
    "NIL ",
    "\"",
    "\\",
    "(",
    ")",
    "{3}",
    "{0}\r\n",
    "{99999}",
    "AUTH=PLAIN ",
    "220 ",
    "220-",
    "250 ",
    "250-",
    "334 ",
    "421 ",
    "535-5.7.8 ",
    "535 5.7.8 ",
    "AUTH LOGIN",
    "(#5.7.1)",
    "eyJhIjoxfQ==",
    "\r\n",
    "\r\n",
    "\r\n",
    "\n",
    "\r",
    "\x15\x03\x01",
    "text",
];

fn chunk() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => proptest::sample::select(WORDS).prop_map(|word| word.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..20),
    ]
}

fn stream() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(chunk(), 0..60).prop_map(|chunks| chunks.concat())
}

/// Cuts `bytes` into pieces of these lengths, in turn.
fn cut<'a>(bytes: &'a [u8], lengths: &'a [usize]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    let mut lengths = lengths.iter().cycle();
    std::iter::from_fn(move || {
        let length = (*lengths.next()?).min(rest.len());
        let piece;
        (piece, rest) = rest.split_at(length);
        (!piece.is_empty()).then_some(piece)
    })
}

fn hear_imap<'a>(
    greeting: &[u8],
    credentials: Option<Credentials>,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> Heard {
    let (mut dialogue, mut heard) = (imap::Dialogue::new("t"), Heard::default());
    dialogue.receive(greeting);
    while dialogue.poll().is_some() {}
    if let Some(credentials) = credentials {
        let command = imap::Command::Authenticate {
            mechanism: Mechanism::XOAuth2,
            credentials,
            initial_response: true,
        };
        dialogue.send(command).expect("the server has greeted");
    }
    for piece in pieces {
        dialogue.receive(piece);
        while let Some(event) = dialogue.poll() {
            note_imap(&event, &mut heard);
        }
    }
    heard.events.push(format!("{:?}", dialogue.finish()));
    heard.transcript(std::iter::from_fn(|| dialogue.next_transcript()));
    heard
}

fn note_imap(event: &imap::Event, heard: &mut Heard) {
    let text = match event {
        imap::Event::Greeting(imap::Greeting { text, .. })
        | imap::Event::Completed(imap::Completed { text, .. })
        | imap::Event::Bye { text, .. }
        | imap::Event::Notice { text, .. }
        | imap::Event::Alert(text) => text,
        imap::Event::Unrecognised(unrecognised) => {
            assert!(unrecognised.bytes.len() <= limits::KEPT);
            &unrecognised.bytes
        }
        imap::Event::Challenge(challenge) => said(challenge),
        _ => &Vec::new(),
    };
    assert!(text.len() <= limits::LINE);
    heard.bytes.extend(text);
    heard.bytes.push(b'\n');
    heard.events.push(format!("{event:?}"));
}

fn hear_smtp<'a>(
    greeting: &[u8],
    credentials: Option<Credentials>,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> Heard {
    let (mut dialogue, mut heard) = (smtp::Dialogue::new(), Heard::default());
    dialogue.receive(greeting);
    while dialogue.poll().is_some() {}
    if let Some(credentials) = credentials {
        let command = smtp::Command::Auth { mechanism: Mechanism::XOAuth2, credentials };
        dialogue.send(command).expect("the server has greeted");
    }
    for piece in pieces {
        dialogue.receive(piece);
        while let Some(event) = dialogue.poll() {
            note_smtp(&event, &mut heard);
        }
    }
    heard.events.push(format!("{:?}", dialogue.finish()));
    heard.transcript(std::iter::from_fn(|| dialogue.next_transcript()));
    heard
}

fn note_smtp(event: &smtp::Event, heard: &mut Heard) {
    let text = match event {
        smtp::Event::Greeting(reply)
        | smtp::Event::Unsolicited(reply)
        | smtp::Event::Completed(smtp::Completed { reply, .. }) => &reply.lines.join(&b'\n'),
        smtp::Event::Unrecognised(unrecognised) => {
            assert!(unrecognised.bytes.len() <= limits::KEPT);
            &unrecognised.bytes
        }
        smtp::Event::Challenge(challenge) => said(challenge),
        _ => &Vec::new(),
    };
    assert!(text.len() <= limits::REPLY);
    heard.bytes.extend(text);
    heard.bytes.push(b'\n');
    heard.events.push(format!("{event:?}"));
}

fn said(challenge: &protocol::sasl::Challenge) -> &Vec<u8> {
    match challenge {
        protocol::sasl::Challenge::OAuthError(text) | protocol::sasl::Challenge::Unexpected(text) => text,
    }
}

proptest! {
    #[test]
    fn any_bytes_give_the_same_events_wherever_they_are_cut(
        greeted: bool,
        bytes in stream(),
        lengths in proptest::collection::vec(1..40_usize, 1..8),
    ) {
        let imap = if greeted { &b"* OK\r\n"[..] } else { b"" };
        let whole = hear_imap(imap, None, std::iter::once(&bytes[..]));
        prop_assert_eq!(hear_imap(imap, None, cut(&bytes, &lengths)), whole);
        let smtp = if greeted { &b"220\r\n"[..] } else { b"" };
        let whole = hear_smtp(smtp, None, std::iter::once(&bytes[..]));
        prop_assert_eq!(hear_smtp(smtp, None, cut(&bytes, &lengths)), whole);
    }

    #[test]
    fn a_server_that_says_the_secret_back_finds_no_listener(
        secret in "[a-zA-Z0-9]{8,60}",
        before in stream(),
        between in stream(),
        after in stream(),
        form in 0..3_usize,
    ) {
        let message = format!("user=kaori\x01auth=Bearer {secret}\x01\x01");
        let echo = match form {
            0 => secret.clone().into_bytes(),
            1 => STANDARD.encode(&message).into_bytes(),
            _ => [b"\r\n+ ", STANDARD.encode(format!("{{\"error\":\"{secret}\"}}")).as_bytes(), b"\r\n"].concat(),
        };
        let bytes = [&before[..], &echo, &between, &echo, &after].concat();
        let credentials = || Credentials::token("kaori", secret.as_str().into()).ok();
        for heard in [
            hear_imap(b"* OK\r\n", credentials(), std::iter::once(&bytes[..])),
            hear_smtp(b"220\r\n", credentials(), std::iter::once(&bytes[..])),
        ] {
            for needle in [secret.clone(), STANDARD.encode(&message)] {
                let shows = heard.bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
                prop_assert!(!shows, "{:?}", heard.bytes.escape_ascii().to_string());
                prop_assert!(!heard.events.iter().any(|event| event.contains(&needle)), "{:?}", heard.events);
            }
        }
    }
}
