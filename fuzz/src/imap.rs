//! A whole dialogue with an IMAP server, and with it every parser of its responses.

use protocol::{
    imap::{Command, Dialogue, Event},
    limits,
};

use crate::{
    scenes,
    secret::{not_in, not_in_line, password, token},
};

pub fn run(input: &[u8]) {
    let mut dialogue = Dialogue::new("t");
    let mut signed_in = false;
    for (said, action) in scenes(input) {
        for read in said.chunks(1024) {
            dialogue.receive(read);
            drain(&mut dialogue, signed_in);
        }
        let capabilities = dialogue.capabilities().cloned().unwrap_or_default();
        let command = match action {
            Some(0xf8) => Command::Capability,
            Some(0xf9) => Command::StartTls,
            Some(0xfa) => {
                let _injected = dialogue.upgrade();
                continue;
            }
            Some(kind @ (0xfb | 0xfc)) => {
                let credentials = if kind == 0xfb { password() } else { token() };
                let Ok(command) = Command::sign_in(credentials, &capabilities) else { continue };
                command
            }
            Some(0xfd) => Command::Examine,
            Some(0xfe) => Command::Status { size: true },
            Some(_) => Command::FetchHeads { first: 1, last: 10 },
            None => continue,
        };
        let signs_in = command.kind().is_sign_in();
        signed_in |= dialogue.send(command).is_ok() && signs_in;
        drain(&mut dialogue, signed_in);
    }
    if let Some(rest) = dialogue.finish() {
        shown(&rest, signed_in);
    }
}

fn drain(dialogue: &mut Dialogue, signed_in: bool) {
    while let Some(event) = dialogue.poll() {
        if let Event::Unrecognised(bytes) = &event {
            assert!(bytes.bytes.len() <= limits::KEPT);
        }
        shown(&event, signed_in);
    }
    while let Some(line) = dialogue.next_transcript() {
        if signed_in {
            not_in_line(&line);
        }
    }
}

/// Before the sign-in a server may say the secret by accident.
fn shown(event: &impl std::fmt::Debug, signed_in: bool) {
    if signed_in {
        not_in(event);
    }
}
