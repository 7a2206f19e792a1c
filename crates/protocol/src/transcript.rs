//! The transcript: what was said, line by line, without the sign-in.

use std::collections::VecDeque;

use crate::limits;

/// Who said a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// We did.
    Client,
    /// The server did.
    Server,
}

/// What of a line isn't in the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Omitted {
    /// The line is complete.
    Nothing,
    /// The text names the command; its arguments and the exchange that follows were never recorded.
    SignInData,
    /// The text was cut off at [`limits::TRANSCRIPT_LINE`].
    Rest,
}

/// One line (or one reply of several lines) of the dialogue, without its final line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranscriptLine {
    /// Who said it.
    pub direction: Direction,
    /// What was said: bytes in any charset, at most [`limits::TRANSCRIPT_LINE`].
    pub text: Vec<u8>,
    /// What is missing from `text`.
    pub omitted: Omitted,
}

/// The lines that the caller hasn't taken yet.
#[derive(Debug, Default)]
pub(crate) struct Transcript(VecDeque<TranscriptLine>);

impl Transcript {
    pub(crate) fn next(&mut self) -> Option<TranscriptLine> {
        self.0.pop_front()
    }

    pub(crate) fn server(&mut self, text: &[u8]) {
        self.record(Direction::Server, text);
    }

    pub(crate) fn client(&mut self, text: &[u8]) {
        self.record(Direction::Client, text);
    }

    /// Records that a sign-in began: `label` names the command and the mechanism.
    pub(crate) fn sign_in(&mut self, label: &[u8]) {
        self.0.push_back(TranscriptLine {
            direction: Direction::Client,
            text: label.to_vec(),
            omitted: Omitted::SignInData,
        });
    }

    fn record(&mut self, direction: Direction, text: &[u8]) {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let (text, omitted) = match text.get(..limits::TRANSCRIPT_LINE) {
            Some(head) if head.len() < text.len() => (head, Omitted::Rest),
            _ => (text, Omitted::Nothing),
        };
        self.0.push_back(TranscriptLine { direction, text: text.to_vec(), omitted });
    }
}
