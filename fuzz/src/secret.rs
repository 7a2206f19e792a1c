//! The secret of the dialogues, and whether something that people may see holds it.

use std::fmt::Debug;

use protocol::{Direction, TranscriptLine, limits, sasl::Credentials};

pub const PASSWORD: &str = "tanstaafl";

/// A user with a password.
pub fn password() -> Credentials {
    Credentials::password("kaori@example.jp", PASSWORD.into()).expect("it can be sent")
}

/// The same user with the same text as a token.
pub fn token() -> Credentials {
    Credentials::token("kaori@example.jp", PASSWORD.into()).expect("it can be sent")
}

/// Panics where an event shows the secret, be it as a list of bytes.
pub fn not_in(event: &impl Debug) {
    let shown = format!("{event:?}");
    let bytes = format!("{:?}", PASSWORD.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    assert!(!shown.contains(PASSWORD) && !shown.contains(bytes), "the secret is in {shown}");
}

/// Panics where a line of the transcript shows the secret, or is longer than it may be.
pub fn not_in_line(line: &TranscriptLine) {
    let label = limits::SMTP_COMMAND_LINE;
    assert!(line.text.len() <= limits::TRANSCRIPT_LINE.max(label), "{}", line.text.len());
    let holds = line.text.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes());
    assert!(!holds || line.direction == Direction::Server, "we wrote the secret down ourselves");
    not_in(line);
}
