//! The dialogue with an SMTP server: what is on its way, what has arrived, what it means.

use std::collections::VecDeque;

use super::{
    Capabilities, Command, CommandKind, Completed, Event, Reply,
    reply::{ReplyLine, assemble},
};
use crate::{
    ForeignProtocol, InjectedBytes, Outgoing, SendError, TranscriptLine, Unrecognised, Why,
    buffer::{Buffer, TooLong},
    identify::{TLS_RECORD_HEAD, identify, is_tls_record},
    limits,
    sasl::{Answer, Challenge, Exchange},
    scrub::Scrubber,
    state::State,
    transcript::Transcript,
};

/// The server asks for the next message of a sign-in (RFC 4954, 4).
const CHALLENGE: u16 = 334;

/// One connection to an SMTP server, from the greeting on.
#[derive(Debug, Default)]
pub struct Dialogue {
    state: State,
    buffer: Buffer,
    /// The lines so far of a reply that isn't complete.
    partial: Vec<ReplyLine>,
    /// Understood, but not yet polled.
    events: VecDeque<Event>,
    transcript: Transcript,
    capabilities: Option<Capabilities>,
    /// Commands that haven't been answered, in the order in which they will be.
    outstanding: VecDeque<CommandKind>,
    exchange: Option<Exchange>,
    scrubber: Scrubber,
    /// What had arrived before STARTTLS was even sent.
    early: Option<InjectedBytes>,
}

impl Dialogue {
    /// A dialogue that waits for the greeting.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Feeds what was read. Poll until `None` before the next read.
    pub fn receive(&mut self, bytes: &[u8]) {
        if self.state != State::Over {
            self.buffer.push(bytes);
        }
    }

    /// What has happened next; `None` when more bytes are needed.
    pub fn poll(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if !self.state.reads() {
                return None;
            }
            if self.state == State::Greeting && is_tls_record(self.buffer.unread()) {
                return self.refuse_tls_record();
            }
            match self.next_line() {
                Ok(Some(line)) => self.understand(line),
                Ok(None) => return None,
                Err(too_long) => return Some(self.give_up(too_long)),
            }
        }
    }

    /// Registers a command and gives the bytes to write.
    ///
    /// # Errors
    /// When the dialogue is over or awaits its upgrade, or when this command or one on its way must be alone.
    pub fn send(&mut self, command: Command) -> Result<Outgoing, SendError> {
        self.state.may_send()?;
        let kind = command.kind();
        let alone = kind.is_alone() || self.outstanding.iter().any(|sent| sent.is_alone());
        if alone && !self.outstanding.is_empty() {
            return Err(SendError::Busy);
        }
        if kind == CommandKind::StartTls {
            self.early = (!self.is_quiet()).then(|| InjectedBytes::new(self.buffer.unread()));
        }
        let line = command.words();
        let outgoing = if let Command::Auth { mechanism, credentials } = command {
            self.transcript.sign_in(line.as_bytes());
            self.scrubber.remember_secret(credentials.secret());
            self.authenticate(&line, Exchange::new(mechanism, &credentials))
        } else {
            self.transcript.client(line.as_bytes());
            Outgoing::join(&[line.as_bytes(), b"\r\n"])
        };
        self.outstanding.push_back(kind);
        self.buffer.begin_reply();
        Ok(outgoing)
    }

    /// Call this when STARTTLS was accepted, before the TLS handshake. Forgets what was learnt without TLS.
    ///
    /// # Errors
    /// When bytes are waiting already, or were when STARTTLS was sent. The dialogue is over then, and the connection
    /// must be closed.
    pub fn upgrade(&mut self) -> Result<(), InjectedBytes> {
        let late = (!self.is_quiet()).then(|| InjectedBytes::new(self.buffer.unread()));
        if let Some(injected) = self.early.take().or(late) {
            self.state = State::Over;
            return Err(injected);
        }
        self.capabilities = None;
        if self.state == State::AwaitingUpgrade {
            self.state = State::Ready;
        }
        Ok(())
    }

    /// Call this when the connection has ended or when nothing more is awaited. Gives the bytes of a reply that
    /// remained incomplete; lines of it that were complete are in the transcript.
    pub fn finish(&mut self) -> Option<Unrecognised> {
        let rest = !self.is_quiet() && self.state.reads();
        let event = rest.then(|| self.unrecognised(usize::MAX, Why::Incomplete));
        self.state = State::Over;
        event
    }

    /// The latest capabilities, where there are any: those from before an upgrade are forgotten.
    #[must_use]
    pub fn capabilities(&self) -> Option<&Capabilities> {
        self.capabilities.as_ref()
    }

    /// Whether nothing more will come or can be sent.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// The next line of the transcript. Nothing of a sign-in is in it but the command's name and the final reply.
    pub fn next_transcript(&mut self) -> Option<TranscriptLine> {
        self.transcript.next()
    }

    fn authenticate(&mut self, line: &str, mut exchange: Exchange) -> Outgoing {
        exchange.remaining().for_each(|message| self.scrubber.remember_line(message));
        let room = limits::SMTP_COMMAND_LINE - line.len() - b" \r\n".len();
        let outgoing = match exchange.initial_response(room) {
            Some(message) => Outgoing::join(&[line.as_bytes(), b" ", message.as_bytes(), b"\r\n"]),
            None => Outgoing::join(&[line.as_bytes(), b"\r\n"]),
        };
        self.exchange = Some(exchange);
        outgoing
    }

    /// Whether nothing has arrived that wasn't understood.
    fn is_quiet(&self) -> bool {
        self.buffer.unread().is_empty() && self.partial.is_empty()
    }

    /// Takes the next line, without its end.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        let Some(end) = self.buffer.line_end(0)? else { return Ok(None) };
        let mut line = self.buffer.take(end)?;
        line.truncate(line.strip_suffix(b"\r\n").map_or(line.len() - 1, <[u8]>::len));
        Ok(Some(line))
    }

    fn understand(&mut self, mut line: Vec<u8>) {
        if line.trim_ascii().is_empty() {
            return;
        }
        let is_challenge = |line: &ReplyLine| line.code() == CHALLENGE;
        let parsed = ReplyLine::parse(&line);
        // A challenge is scrubbed after it is decoded.
        let withheld = self.exchange.is_some() && parsed.as_ref().is_none_or(is_challenge);
        let parsed = if withheld {
            parsed
        } else {
            let from = if parsed.is_some() { 4.min(line.len()) } else { 0 };
            self.scrubber.scrub(&mut line, from);
            self.transcript.server(&line);
            ReplyLine::parse(&line)
        };
        let Some(parsed) = parsed else { return self.report(&line) };
        let is_last = parsed.is_last;
        self.partial.push(parsed);
        if !is_last {
            return;
        }
        let lines = std::mem::take(&mut self.partial);
        if let Some(reply) = assemble(lines) {
            self.conclude(reply, &line);
        }
    }

    fn conclude(&mut self, reply: Reply, last_line: &[u8]) {
        if self.state == State::Greeting {
            return self.greet(reply, last_line);
        }
        let Some(&command) = self.outstanding.front() else {
            self.hear_goodbye(&reply);
            return self.events.push_back(Event::Unsolicited(reply));
        };
        if reply.code == CHALLENGE && self.exchange.is_some() {
            return self.go_on(&reply);
        }
        self.outstanding.pop_front();
        self.buffer.begin_reply();
        self.hear_goodbye(&reply);
        match command {
            CommandKind::Auth(_) => self.exchange = None,
            CommandKind::StartTls if reply.code == 220 => self.state = State::AwaitingUpgrade,
            CommandKind::Ehlo | CommandKind::Helo if reply.is_positive() => {
                let capabilities = Capabilities::from_reply(&reply);
                self.capabilities = Some(capabilities.clone());
                self.events.push_back(Event::Capabilities(capabilities));
            }
            _ => {}
        }
        self.events.push_back(Event::Completed(Completed { command, reply }));
    }

    fn greet(&mut self, reply: Reply, last_line: &[u8]) {
        if identify(last_line).is_some_and(|protocol| protocol != ForeignProtocol::Smtp) {
            return self.report(last_line);
        }
        self.state = State::Ready;
        self.hear_goodbye(&reply);
        self.buffer.begin_reply();
        self.events.push_back(Event::Greeting(reply));
    }

    /// 421 and the answer to QUIT announce that the server hangs up (RFC 5321, 3.8).
    fn hear_goodbye(&mut self, reply: &Reply) {
        if matches!(reply.code, 221 | 421) {
            self.state = State::Goodbye;
        }
    }

    /// Says the next part of a sign-in.
    fn go_on(&mut self, reply: &Reply) {
        let challenge = reply.lines.last().map(Vec::as_slice).unwrap_or_default();
        let Some(exchange) = &mut self.exchange else { return };
        if exchange.is_one_too_many() {
            let event = self.give_up(TooLong(0));
            return self.events.push_back(event);
        }
        match exchange.answer(challenge) {
            Answer::Say(outgoing) => self.events.push_back(Event::Write(outgoing)),
            Answer::Report(mut challenge, outgoing) => {
                let (Challenge::OAuthError(text) | Challenge::Unexpected(text)) = &mut challenge;
                self.scrubber.scrub(text, 0);
                self.events.push_back(Event::Challenge(challenge));
                self.events.push_back(Event::Write(outgoing));
            }
        }
    }

    fn report(&mut self, line: &[u8]) {
        if self.state == State::Greeting {
            self.state = State::Over;
        }
        let mut bytes = line.to_vec();
        self.scrubber.scrub(&mut bytes, 0);
        let looks_like = identify(&bytes).filter(|protocol| *protocol != ForeignProtocol::Smtp);
        self.events.push_back(Event::Unrecognised(Unrecognised::new(&bytes, Why::NoGrammar, looks_like)));
    }

    /// A record has no line end to wait for, and none of its bytes may be taken for one.
    fn refuse_tls_record(&mut self) -> Option<Event> {
        let head = self.buffer.unread().get(..TLS_RECORD_HEAD)?;
        let event = Unrecognised::new(head, Why::NoGrammar, Some(ForeignProtocol::TlsRecord));
        self.state = State::Over;
        Some(Event::Unrecognised(event))
    }

    fn give_up(&mut self, TooLong(length): TooLong) -> Event {
        let event = self.unrecognised(length, Why::TooLong);
        self.state = State::Over;
        self.buffer.clear();
        self.partial.clear();
        Event::Unrecognised(event)
    }

    /// The first `length` bytes of what waits unread. Once a secret was sent they could quote it, cut off where no
    /// scrubbing finds it: they are withheld.
    fn unrecognised(&self, length: usize, why: Why) -> Unrecognised {
        let unread = self.buffer.unread();
        let bytes = if self.scrubber.is_empty() { &unread[..unread.len().min(length)] } else { &[] };
        let looks_like = identify(bytes).filter(|protocol| *protocol != ForeignProtocol::Smtp);
        Unrecognised::new(bytes, why, looks_like)
    }
}
