//! Drives a sans-I/O dialogue of `protocol` over a stream: writes what it hands out, feeds what arrives, and turns
//! silence, closing and resets into values.

use std::{io, time::Duration};

use error_model::{
    ServerText, Step,
    evidence::{Observation, TlsOutcome},
};
use protocol::{InjectedBytes, Outgoing, SendError, TranscriptLine, Unrecognised, imap, smtp};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, timeout_at},
};

use crate::{limits, record::Pen, resolve::millis, stream::Stream};

/// What IMAP and SMTP dialogues have in common.
pub(crate) trait Dialogue {
    type Command;
    type Event;
    fn receive(&mut self, bytes: &[u8]);
    fn poll(&mut self) -> Option<Self::Event>;
    fn send(&mut self, command: Self::Command) -> Result<Outgoing, SendError>;
    fn upgrade(&mut self) -> Result<(), InjectedBytes>;
    fn finish(&mut self) -> Option<Unrecognised>;
    fn next_transcript(&mut self) -> Option<TranscriptLine>;
    /// An event that only asks for bytes to be written.
    fn to_write(event: &Self::Event) -> Option<&Outgoing>;
    /// An event that says that the bytes fit no grammar.
    fn unrecognised(event: &Self::Event) -> Option<&Unrecognised>;
}

macro_rules! dialogue {
    ($service:ident) => {
        impl Dialogue for $service::Dialogue {
            type Command = $service::Command;
            type Event = $service::Event;
            fn receive(&mut self, bytes: &[u8]) {
                self.receive(bytes);
            }
            fn poll(&mut self) -> Option<Self::Event> {
                self.poll()
            }
            fn send(&mut self, command: Self::Command) -> Result<Outgoing, SendError> {
                self.send(command)
            }
            fn upgrade(&mut self) -> Result<(), InjectedBytes> {
                self.upgrade()
            }
            fn finish(&mut self) -> Option<Unrecognised> {
                self.finish()
            }
            fn next_transcript(&mut self) -> Option<TranscriptLine> {
                self.next_transcript()
            }
            fn to_write(event: &Self::Event) -> Option<&Outgoing> {
                match event {
                    $service::Event::Write(bytes) => Some(bytes),
                    _ => None,
                }
            }
            fn unrecognised(event: &Self::Event) -> Option<&Unrecognised> {
                match event {
                    $service::Event::Unrecognised(bytes) => Some(bytes),
                    _ => None,
                }
            }
        }
    };
}

dialogue!(imap);
dialogue!(smtp);

/// Why a dialogue can't go on.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The server closed the connection.
    Closed,
    /// The server reset it.
    Reset,
    /// Nothing came within the limit.
    TimedOut,
    /// What came fits no grammar.
    Unrecognised(Unrecognised),
    /// TLS failed after it stood.
    Tls(String),
    /// The dialogue is over, or the command can't be sent now.
    Over,
}

impl Broken {
    /// What there is to see of it, at `step`.
    pub fn observation(self, step: Step, elapsed: Duration) -> Observation {
        let elapsed_ms = millis(elapsed);
        match self {
            Self::Closed | Self::Over => Observation::Dropped { step, reset: false, elapsed_ms },
            Self::Reset => Observation::Dropped { step, reset: true, elapsed_ms },
            Self::TimedOut => Observation::TimedOut { step, elapsed_ms },
            Self::Unrecognised(bytes) => {
                Observation::Unrecognised { step, raw: ServerText::new(&bytes.bytes) }
            }
            Self::Tls(detail) => {
                Observation::TlsHandshake { outcome: TlsOutcome::Broken { detail }, elapsed_ms }
            }
        }
    }
}

/// A dialogue over a stream.
pub(crate) struct Conversation<D> {
    pub dialogue: D,
    pub stream: Stream,
    pen: Pen,
    /// A write found the connection reset.
    reset: bool,
}

impl<D: Dialogue> Conversation<D> {
    pub fn new(dialogue: D, stream: Stream, pen: Pen) -> Self {
        Self { dialogue, stream, pen, reset: false }
    }

    /// Sends commands, one after the other without waiting. A server that has hung up by then may have said why: that is
    /// still to be read, so the end shows only there.
    pub async fn send(&mut self, commands: impl IntoIterator<Item = D::Command>) -> Result<(), Broken> {
        for command in commands {
            let bytes = self.dialogue.send(command).map_err(|_| Broken::Over)?;
            self.record().await;
            match self.write(&bytes).await {
                Err(end @ (Broken::Closed | Broken::Reset)) => {
                    self.reset = matches!(end, Broken::Reset);
                    break;
                }
                written => written?,
            }
        }
        Ok(())
    }

    /// The next event that matters to a caller; what the dialogue wants written is written.
    pub async fn next(&mut self, limit: Duration) -> Result<D::Event, Broken> {
        let deadline = Instant::now() + limit;
        loop {
            while let Some(event) = self.dialogue.poll() {
                self.record().await;
                if let Some(bytes) = D::to_write(&event) {
                    write(&mut self.stream, bytes).await?;
                } else if let Some(bytes) = D::unrecognised(&event) {
                    return Err(Broken::Unrecognised(bytes.clone()));
                } else {
                    return Ok(event);
                }
            }
            self.read(deadline).await?;
        }
    }

    /// Waits until `pick` takes an event.
    pub async fn until<T>(
        &mut self,
        limit: Duration,
        mut pick: impl FnMut(D::Event) -> Option<T>,
    ) -> Result<T, Broken> {
        let deadline = Instant::now() + limit;
        loop {
            let event = self.next(deadline.saturating_duration_since(Instant::now())).await?;
            if let Some(taken) = pick(event) {
                return Ok(taken);
            }
        }
    }

    async fn read(&mut self, deadline: Instant) -> Result<(), Broken> {
        let mut buffer = [0; limits::READ];
        let read = timeout_at(deadline, self.stream.read(&mut buffer)).await.map_err(|_| Broken::TimedOut)?;
        match read {
            Ok(0) if self.reset => Err(self.ended(Broken::Reset)),
            Ok(0) => Err(self.ended(Broken::Closed)),
            Ok(n) => {
                self.dialogue.receive(&buffer[..n]);
                Ok(())
            }
            Err(error) => Err(self.ended(broken(&error))),
        }
    }

    /// The connection is over: half a reply says more than the end itself.
    fn ended(&mut self, end: Broken) -> Broken {
        self.dialogue.finish().map_or(end, Broken::Unrecognised)
    }

    async fn write(&mut self, bytes: &Outgoing) -> Result<(), Broken> {
        write(&mut self.stream, bytes).await
    }

    async fn record(&mut self) {
        while let Some(line) = self.dialogue.next_transcript() {
            self.pen.line(line).await;
        }
    }
}

async fn write(stream: &mut Stream, bytes: &Outgoing) -> Result<(), Broken> {
    stream.write_all(bytes.as_bytes()).await.map_err(|error| broken(&error))?;
    stream.flush().await.map_err(|error| broken(&error))
}

fn broken(error: &io::Error) -> Broken {
    match error.kind() {
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => Broken::Reset,
        io::ErrorKind::InvalidData => Broken::Tls(error.to_string()),
        _ => Broken::Closed,
    }
}
