//! Either dialogue, behind one face: what a transcript file can do with it.

use protocol::{
    InjectedBytes, Outgoing, SendError, TranscriptLine, Unrecognised, imap,
    sasl::Credentials,
    smtp::{self, ClientName, Sender},
};

use super::render;

/// Who signs in, in all files.
pub const USER: &str = "kaori@example.jp";

/// A dialogue of one of the two protocols.
pub enum Peer {
    Imap(Box<imap::Dialogue>),
    Smtp(Box<smtp::Dialogue>),
}

/// What `poll` gave.
pub enum Polled {
    Event(String),
    Write(Outgoing),
}

impl Peer {
    /// The dialogue for a file of this name.
    pub fn for_file(name: &str) -> Self {
        match name.split('-').next() {
            Some("imap") => Self::Imap(Box::new(imap::Dialogue::new("t"))),
            Some("smtp") => Self::Smtp(Box::default()),
            _ => panic!("{name} begins with no protocol"),
        }
    }

    pub fn receive(&mut self, bytes: &[u8]) {
        match self {
            Self::Imap(dialogue) => dialogue.receive(bytes),
            Self::Smtp(dialogue) => dialogue.receive(bytes),
        }
    }

    pub fn poll(&mut self) -> Option<Polled> {
        Some(match self {
            Self::Imap(dialogue) => match dialogue.poll()? {
                imap::Event::Write(outgoing) => Polled::Write(outgoing),
                event => Polled::Event(render::imap(&event)),
            },
            Self::Smtp(dialogue) => match dialogue.poll()? {
                smtp::Event::Write(outgoing) => Polled::Write(outgoing),
                event => Polled::Event(render::smtp(&event)),
            },
        })
    }

    pub fn next_transcript(&mut self) -> Option<TranscriptLine> {
        match self {
            Self::Imap(dialogue) => dialogue.next_transcript(),
            Self::Smtp(dialogue) => dialogue.next_transcript(),
        }
    }

    pub fn upgrade(&mut self) -> Result<(), InjectedBytes> {
        match self {
            Self::Imap(dialogue) => dialogue.upgrade(),
            Self::Smtp(dialogue) => dialogue.upgrade(),
        }
    }

    pub fn finish(&mut self) -> Option<Unrecognised> {
        match self {
            Self::Imap(dialogue) => dialogue.finish(),
            Self::Smtp(dialogue) => dialogue.finish(),
        }
    }

    /// Sends the command of a file. `sign-in` chooses the mechanism by the capabilities; where none fits, the offer
    /// is given instead.
    pub fn send(&mut self, action: &str) -> Result<Result<Outgoing, SendError>, String> {
        let words: Vec<&str> = action.splitn(3, ' ').collect();
        Ok(match self {
            Self::Imap(dialogue) => {
                let command = match words.as_slice() {
                    ["capability"] => imap::Command::Capability,
                    ["id"] => imap::Command::Id,
                    ["starttls"] => imap::Command::StartTls,
                    ["namespace"] => imap::Command::Namespace,
                    ["examine"] => imap::Command::Examine,
                    ["status"] => imap::Command::Status { size: false },
                    ["status", "size"] => imap::Command::Status { size: true },
                    ["fetch-heads", first, last] => {
                        let number = |text: &str| text.parse().expect("a message number");
                        imap::Command::FetchHeads { first: number(first), last: number(last) }
                    }
                    ["logout"] => imap::Command::Logout,
                    ["sign-in", kind, secret] => {
                        let capabilities = dialogue.capabilities().cloned().unwrap_or_default();
                        imap::Command::sign_in(credentials(kind, secret), &capabilities)
                            .map_err(|none| render::offer(&none, &none.offered))?
                    }
                    _ => panic!("unknown action: {action}"),
                };
                dialogue.send(command)
            }
            Self::Smtp(dialogue) => {
                let client = || ClientName::new("client.example.net").expect("a good name");
                let command = match words.as_slice() {
                    ["ehlo"] => smtp::Command::Ehlo(client()),
                    ["helo"] => smtp::Command::Helo(client()),
                    ["starttls"] => smtp::Command::StartTls,
                    ["mail-from"] => smtp::Command::MailFrom(Sender::new(USER).expect("a good address")),
                    ["rset"] => smtp::Command::Rset,
                    ["quit"] => smtp::Command::Quit,
                    ["sign-in", kind, secret] => {
                        let capabilities = dialogue.capabilities().cloned().unwrap_or_default();
                        smtp::Command::sign_in(credentials(kind, secret), &capabilities)
                            .map_err(|none| render::offer(&none, &none.offered))?
                    }
                    _ => panic!("unknown action: {action}"),
                };
                dialogue.send(command)
            }
        })
    }
}

fn credentials(kind: &str, secret: &str) -> Credentials {
    match kind {
        "password" => Credentials::password(USER, secret.into()),
        "token" => Credentials::token(USER, secret.into()),
        _ => panic!("unknown kind of secret: {kind}"),
    }
    .expect("the files have sendable secrets")
}
