//! The dialogue with an IMAP server: what is on its way, what has arrived, what it means.

use std::collections::VecDeque;

use secrecy::ExposeSecret;

use super::{
    Capabilities, Command, CommandKind, Completed, Event, Fetched, Greeting, GreetingKind, ResponseCode,
    Status,
    frame::Framer,
    login,
    response::{self, Response, StatusWord},
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

/// Room that a tag and the words of AUTHENTICATE need besides an initial response.
const AUTHENTICATE_WORDS: usize = 128;

/// One connection to an IMAP server, from the greeting on.
#[derive(Debug)]
pub struct Dialogue {
    state: State,
    buffer: Buffer,
    framer: Framer,
    /// Understood, but not yet polled.
    events: VecDeque<Event>,
    transcript: Transcript,
    capabilities: Option<Capabilities>,
    tag_prefix: String,
    /// How many commands were sent.
    sent: u32,
    /// Commands that haven't been answered.
    outstanding: Vec<(String, CommandKind)>,
    sign_in: Option<SignIn>,
    scrubber: Scrubber,
    /// What had arrived before STARTTLS was even sent.
    early: Option<InjectedBytes>,
}

/// What is still to be said in a sign-in.
#[derive(Debug)]
enum SignIn {
    Sasl(Exchange),
    /// The parts of LOGIN behind its first.
    Literals(VecDeque<Outgoing>),
}

impl Dialogue {
    /// A dialogue that waits for the greeting. Tags are `tag_prefix` (its ASCII letters and digits) and a number: a
    /// random prefix keeps anyone from answering a command before it was sent.
    #[must_use]
    pub fn new(tag_prefix: &str) -> Self {
        Self {
            state: State::default(),
            buffer: Buffer::default(),
            framer: Framer::default(),
            events: VecDeque::new(),
            transcript: Transcript::default(),
            capabilities: None,
            tag_prefix: tag_prefix.chars().filter(char::is_ascii_alphanumeric).take(32).collect(),
            sent: 0,
            outstanding: Vec::new(),
            sign_in: None,
            scrubber: Scrubber::default(),
            early: None,
        }
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
            match self.framer.next(&mut self.buffer) {
                Ok(Some(response)) => self.understand(response),
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
        let alone = kind.is_alone() || self.outstanding.iter().any(|(_, sent)| sent.is_alone());
        if alone && !self.outstanding.is_empty() {
            return Err(SendError::Busy);
        }
        if kind == CommandKind::StartTls {
            let unread = self.buffer.unread();
            self.early = (!unread.is_empty()).then(|| InjectedBytes::new(unread));
        }
        self.sent += 1;
        let tag = format!("{}{}", self.tag_prefix, self.sent);
        let line = format!("{tag} {}", command.words());
        let outgoing = match command {
            Command::Authenticate { mechanism, credentials, initial_response } => {
                self.transcript.sign_in(line.as_bytes());
                self.scrubber.remember_secret(credentials.secret());
                self.authenticate(&line, Exchange::new(mechanism, &credentials), initial_response)
            }
            Command::Login(credentials) => {
                self.transcript.sign_in(line.as_bytes());
                self.scrubber.remember_secret(credentials.secret());
                let quoted = login::quoted(credentials.secret().expose_secret().as_bytes());
                quoted.iter().for_each(|quoted| self.scrubber.remember_line(quoted));
                self.login(login::parts(&tag, &credentials))
            }
            _ => {
                self.transcript.client(line.as_bytes());
                Outgoing::join(&[line.as_bytes(), b"\r\n"])
            }
        };
        self.outstanding.push((tag, kind));
        self.buffer.begin_reply();
        Ok(outgoing)
    }

    /// Call this when STARTTLS was accepted, before the TLS handshake. Forgets what was learnt without TLS.
    ///
    /// # Errors
    /// When bytes are waiting already, or were when STARTTLS was sent: tags count up, so an answer can be there before
    /// the question. The dialogue is over then, and the connection must be closed.
    pub fn upgrade(&mut self) -> Result<(), InjectedBytes> {
        let unread = self.buffer.unread();
        let late = (!unread.is_empty()).then(|| InjectedBytes::new(unread));
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

    /// Call this when the connection has ended or when nothing more is awaited. Gives the bytes of a response that
    /// remained incomplete.
    pub fn finish(&mut self) -> Option<Unrecognised> {
        let rest = !self.buffer.unread().is_empty() && self.state.reads();
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

    fn authenticate(&mut self, line: &str, mut exchange: Exchange, initial_response: bool) -> Outgoing {
        exchange.remaining().for_each(|message| self.scrubber.remember_line(message));
        let room = if initial_response { limits::LINE - AUTHENTICATE_WORDS } else { 0 };
        let outgoing = match exchange.initial_response(room) {
            Some(message) => Outgoing::join(&[line.as_bytes(), b" ", message.as_bytes(), b"\r\n"]),
            None => Outgoing::join(&[line.as_bytes(), b"\r\n"]),
        };
        self.sign_in = Some(SignIn::Sasl(exchange));
        outgoing
    }

    fn login(&mut self, mut parts: VecDeque<Outgoing>) -> Outgoing {
        let first = parts.pop_front().unwrap_or_else(|| Outgoing::join(&[]));
        self.sign_in = Some(SignIn::Literals(parts));
        first
    }

    fn signing_in(&self) -> bool {
        self.outstanding.iter().any(|(_, kind)| kind.is_sign_in())
    }

    /// Whether mail is on its way, of which nothing may be shown.
    fn fetching(&self) -> bool {
        self.outstanding.iter().any(|(_, kind)| *kind == CommandKind::FetchHeads)
    }

    fn understand(&mut self, mut bytes: Vec<u8>) {
        if bytes.trim_ascii().is_empty() {
            return;
        }
        // A challenge is scrubbed after it is decoded.
        let first = response::first_word(&bytes);
        let is_ours = self.outstanding.iter().any(|(tag, _)| tag.as_bytes() == first);
        if self.sign_in.is_none() || first != b"+" {
            let from = if is_ours || first == b"*" { first.len() } else { 0 };
            self.scrubber.scrub(&mut bytes, from);
        }
        let parsed = response::parse(&bytes);
        let is_bye = matches!(parsed, Response::Status { word: StatusWord::Bye, .. });
        let is_mail = self.fetching() || matches!(parsed, Response::Fetched(_));
        if is_ours || is_bye || !(self.signing_in() || is_mail) {
            self.transcript.server(&bytes);
        }
        if self.state == State::Greeting {
            return self.greet(parsed, &bytes);
        }
        match parsed {
            Response::Continuation(challenge) => self.go_on(challenge, &bytes),
            Response::Status { tag: Some(tag), word, code, text } => {
                self.complete(tag, word, code, text, &bytes);
            }
            Response::Status { tag: None, word, code, text } => self.note(word, code, text, &bytes),
            Response::Data(event) => {
                if let Event::Capabilities(capabilities) = &event {
                    self.capabilities = Some(capabilities.clone());
                }
                self.events.push_back(event);
            }
            Response::Fetched(size) if self.fetching() => {
                self.events.push_back(Event::Fetched(Fetched { size, octets: bytes.len() }));
            }
            Response::Fetched(_) | Response::Ignored => {}
            Response::NoGrammar => self.report(&bytes, Why::NoGrammar),
        }
    }

    fn greet(&mut self, parsed: Response<'_>, bytes: &[u8]) {
        let Response::Status { tag: None, word, code, text } = parsed else {
            self.state = State::Over;
            return self.report(bytes, Why::NoGrammar);
        };
        let (kind, state) = match word {
            StatusWord::Ok => (GreetingKind::Ok, State::Ready),
            StatusWord::Preauth => (GreetingKind::Preauth, State::Ready),
            StatusWord::Bye => (GreetingKind::Bye, State::Goodbye),
            StatusWord::No | StatusWord::Bad => {
                self.state = State::Over;
                return self.report(bytes, Why::NoGrammar);
            }
        };
        self.state = state;
        let capabilities = self.adopt(code.as_ref());
        self.events.push_back(Event::Greeting(Greeting { kind, code, text }));
        self.events.extend(capabilities);
    }

    /// Remembers the capabilities of a response code. Gives their event.
    fn adopt(&mut self, code: Option<&ResponseCode>) -> Option<Event> {
        let Some(ResponseCode::Capability(capabilities)) = code else { return None };
        self.capabilities = Some(capabilities.clone());
        Some(Event::Capabilities(capabilities.clone()))
    }

    fn complete(
        &mut self,
        tag: &[u8],
        word: StatusWord,
        code: Option<ResponseCode>,
        text: Vec<u8>,
        bytes: &[u8],
    ) {
        let position = self.outstanding.iter().position(|(sent, _)| sent.as_bytes() == tag);
        let (Some(position), Some(status)) = (position, status(word)) else {
            return self.report(bytes, Why::UnexpectedTag);
        };
        let (_, command) = self.outstanding.remove(position);
        self.buffer.begin_reply();
        if command.is_sign_in() {
            self.sign_in = None;
        }
        if command == CommandKind::StartTls && status == Status::Ok {
            self.state = State::AwaitingUpgrade;
        }
        let capabilities = self.adopt(code.as_ref());
        self.events.extend(capabilities);
        self.events.push_back(Event::Completed(Completed { command, status, code, text }));
    }

    /// An untagged status.
    fn note(&mut self, word: StatusWord, code: Option<ResponseCode>, text: Vec<u8>, bytes: &[u8]) {
        let capabilities = self.adopt(code.as_ref());
        self.events.extend(capabilities);
        match (word, status(word), code) {
            (StatusWord::Bye, _, code) => {
                self.state = State::Goodbye;
                self.events.push_back(Event::Bye { code, text });
            }
            (_, Some(_), Some(ResponseCode::Alert)) => self.events.push_back(Event::Alert(text)),
            (_, Some(status), code) => self.events.push_back(Event::Notice { status, code, text }),
            (_, None, _) => self.report(bytes, Why::NoGrammar),
        }
    }

    /// Says the next part of a sign-in.
    fn go_on(&mut self, challenge: &[u8], bytes: &[u8]) {
        if let Some(SignIn::Sasl(exchange)) = &mut self.sign_in
            && exchange.is_one_too_many()
        {
            let event = self.give_up(TooLong(0));
            return self.events.push_back(event);
        }
        match &mut self.sign_in {
            Some(SignIn::Sasl(exchange)) => match exchange.answer(challenge) {
                Answer::Say(outgoing) => self.events.push_back(Event::Write(outgoing)),
                Answer::Report(mut challenge, outgoing) => {
                    let (Challenge::OAuthError(text) | Challenge::Unexpected(text)) = &mut challenge;
                    self.scrubber.scrub(text, 0);
                    self.events.push_back(Event::Challenge(challenge));
                    self.events.push_back(Event::Write(outgoing));
                }
            },
            Some(SignIn::Literals(parts)) => match parts.pop_front() {
                Some(part) => self.events.push_back(Event::Write(part)),
                None => self.report(bytes, Why::UnexpectedContinuation),
            },
            None => self.report(bytes, Why::UnexpectedContinuation),
        }
    }

    fn report(&mut self, bytes: &[u8], why: Why) {
        let mut bytes = if self.fetching() { Vec::new() } else { bytes.to_vec() };
        self.scrubber.scrub(&mut bytes, 0);
        let looks_like = identify(&bytes).filter(|protocol| *protocol != ForeignProtocol::Imap);
        self.events.push_back(Event::Unrecognised(Unrecognised::new(&bytes, why, looks_like)));
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
        Event::Unrecognised(event)
    }

    /// The first `length` bytes of what waits unread. Once a secret was sent they could quote it, cut off where no
    /// scrubbing finds it, and a part of a message is nobody's business: they are withheld.
    fn unrecognised(&self, length: usize, why: Why) -> Unrecognised {
        let unread = self.buffer.unread();
        let shown = self.scrubber.is_empty() && !self.fetching();
        let bytes = if shown { &unread[..unread.len().min(length)] } else { &[] };
        let looks_like = identify(bytes).filter(|protocol| *protocol != ForeignProtocol::Imap);
        Unrecognised::new(bytes, why, looks_like)
    }
}

fn status(word: StatusWord) -> Option<Status> {
    match word {
        StatusWord::Ok => Some(Status::Ok),
        StatusWord::No => Some(Status::No),
        StatusWord::Bad => Some(Status::Bad),
        StatusWord::Preauth | StatusWord::Bye => None,
    }
}
