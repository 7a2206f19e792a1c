//! The client's side of one exchange: which answer a challenge gets.

use std::collections::VecDeque;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Challenge, Credentials, Mechanism, message::messages};
use crate::{Outgoing, limits};

/// Servers differ in whether they pad; both are read.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One exchange, from the command to the final reply.
#[derive(Debug)]
pub(crate) struct Exchange {
    mechanism: Mechanism,
    /// What is still to be said, in base64.
    remaining: VecDeque<Outgoing>,
    /// What went with the command, for a server that ignores it and asks with an empty challenge.
    initial: Option<Outgoing>,
    /// How many challenges came.
    challenges: usize,
}

/// What to do about a challenge.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The next message, with its line end.
    Say(Outgoing),
    /// There is something to report; then this answer, with its line end.
    Report(Challenge, Outgoing),
}

impl Exchange {
    pub(crate) fn new(mechanism: Mechanism, credentials: &Credentials) -> Self {
        let remaining = messages(mechanism, credentials)
            .iter()
            .map(|message| Outgoing::base64(message.as_bytes()))
            .collect();
        Self { mechanism, remaining, initial: None, challenges: 0 }
    }

    /// The base64 lines that are still to be said.
    pub(crate) fn remaining(&self) -> impl Iterator<Item = &Outgoing> {
        self.remaining.iter()
    }

    /// Takes the first message to send it with the command, unless the mechanism begins with the server's question
    /// or the message is longer than `room` bytes.
    pub(crate) fn initial_response(&mut self, room: usize) -> Option<&Outgoing> {
        let fits = self.remaining.front().is_some_and(|message| message.as_bytes().len() <= room);
        if self.mechanism == Mechanism::Login || !fits {
            return None;
        }
        self.initial = self.remaining.pop_front();
        self.initial.as_ref()
    }

    /// Counts a challenge; whether it's one more than [`limits::CHALLENGES`].
    pub(crate) fn is_one_too_many(&mut self) -> bool {
        self.challenges += 1;
        self.challenges > limits::CHALLENGES
    }

    /// Answers what stands behind `+ ` or `334 `.
    pub(crate) fn answer(&mut self, challenge: &[u8]) -> Answer {
        let challenge = challenge.trim_ascii();
        // The words of the first questions vary ("Username:", nothing at all, "go ahead"); only their order counts.
        if let Some(message) = self.remaining.pop_front() {
            return Answer::Say(Outgoing::join(&[message.as_bytes(), b"\r\n"]));
        }
        match self.initial.take() {
            Some(initial) if challenge.is_empty() => {
                return Answer::Say(Outgoing::join(&[initial.as_bytes(), b"\r\n"]));
            }
            _ => {}
        }
        match (self.mechanism, BASE64.decode(challenge)) {
            (Mechanism::XOAuth2, Ok(json)) => {
                Answer::Report(Challenge::OAuthError(json), Outgoing::join(&[b"\r\n"]))
            }
            // RFC 7628, 3.2.3: a lone ^A in base64.
            (Mechanism::OAuthBearer, Ok(json)) => {
                Answer::Report(Challenge::OAuthError(json), Outgoing::join(&[b"AQ==\r\n"]))
            }
            _ => Answer::Report(Challenge::Unexpected(challenge.to_vec()), Outgoing::join(&[b"*\r\n"])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Challenge, Exchange};
    use crate::sasl::{Credentials, Mechanism};

    fn password() -> Credentials {
        Credentials::password("tim", "tanstaaf".into()).expect("sendable")
    }

    fn said(answer: Answer) -> Vec<u8> {
        match answer {
            Answer::Say(bytes) => bytes.as_bytes().to_vec(),
            Answer::Report(challenge, _) => panic!("unexpected report: {challenge:?}"),
        }
    }

    #[test]
    fn login_answers_two_questions_whatever_their_words_and_cancels_the_third() {
        let mut exchange = Exchange::new(Mechanism::Login, &password());
        assert!(exchange.initial_response(usize::MAX).is_none());
        assert_eq!(said(exchange.answer(b"VXNlcm5hbWU6")), b"dGlt\r\n");
        assert_eq!(said(exchange.answer(b"")), b"dGFuc3RhYWY=\r\n");
        let Answer::Report(challenge, reply) = exchange.answer(b"more?") else {
            panic!("said a third message")
        };
        assert_eq!(challenge, Challenge::Unexpected(b"more?".to_vec()));
        assert_eq!(reply.as_bytes(), b"*\r\n");
    }

    #[test]
    fn an_ignored_initial_response_is_said_once_more_and_not_twice() {
        let mut exchange = Exchange::new(Mechanism::Plain, &password());
        let initial = exchange.initial_response(usize::MAX).expect("PLAIN has one").as_bytes().to_vec();
        assert_eq!(said(exchange.answer(b"")), [&initial[..], b"\r\n"].concat());
        assert!(matches!(exchange.answer(b""), Answer::Report(Challenge::Unexpected(_), _)));
    }

    #[test]
    fn a_challenge_after_plain_is_reported_and_cancelled() {
        let mut exchange = Exchange::new(Mechanism::Plain, &password());
        exchange.initial_response(usize::MAX);
        let text = b"5.7.8 This account requires multi-factor authentication.";
        let Answer::Report(challenge, reply) = exchange.answer(text) else { panic!("answered") };
        assert_eq!(challenge, Challenge::Unexpected(text.to_vec()));
        assert_eq!(reply.as_bytes(), b"*\r\n");
    }

    #[test]
    fn the_error_of_oauth_is_decoded_with_and_without_padding() {
        for (mechanism, dummy) in [(Mechanism::XOAuth2, &b"\r\n"[..]), (Mechanism::OAuthBearer, b"AQ==\r\n")]
        {
            for challenge in ["eyJzdGF0dXMiOiI0MDAifQ==", "eyJzdGF0dXMiOiI0MDAifQ"] {
                let token = Credentials::token("tim", "ya29.x".into()).expect("sendable");
                let mut exchange = Exchange::new(mechanism, &token);
                exchange.initial_response(usize::MAX);
                let answer = exchange.answer(challenge.as_bytes());
                let Answer::Report(challenge, reply) = answer else { panic!("not reported") };
                assert_eq!(challenge, Challenge::OAuthError(br#"{"status":"400"}"#.to_vec()));
                assert_eq!(reply.as_bytes(), dummy);
            }
        }
    }

    #[test]
    fn a_message_without_room_waits_for_the_question() {
        let mut exchange = Exchange::new(Mechanism::Plain, &password());
        assert!(exchange.initial_response(8).is_none());
        assert_eq!(said(exchange.answer(b"")), b"AHRpbQB0YW5zdGFhZg==\r\n");
    }
}
