//! A whole dialogue with an SMTP server, and with it every parser of its replies.

use protocol::{
    limits,
    smtp::{ClientName, Command, Dialogue, Event, Sender},
};

use crate::{
    scenes,
    secret::{not_in, not_in_line, password, token},
};

pub fn run(input: &[u8]) {
    let mut dialogue = Dialogue::new();
    let mut signed_in = false;
    let name = || ClientName::new("[192.0.2.1]").expect("a good name");
    for (said, action) in scenes(input) {
        for read in said.chunks(1024) {
            dialogue.receive(read);
            drain(&mut dialogue, signed_in);
        }
        let capabilities = dialogue.capabilities().cloned().unwrap_or_default();
        let command = match action {
            Some(0xf8) => Command::Ehlo(name()),
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
            Some(0xfd) => Command::MailFrom(Sender::new("kaori@example.jp").expect("a good address")),
            Some(0xfe) => Command::Helo(name()),
            Some(_) => Command::Rset,
            None => continue,
        };
        let signs_in = command.kind().is_sign_in();
        signed_in |= dialogue.send(command).is_ok() && signs_in;
        drain(&mut dialogue, signed_in);
    }
    if let Some(rest) = dialogue.finish()
        && signed_in
    {
        not_in(&rest);
    }
}

fn drain(dialogue: &mut Dialogue, signed_in: bool) {
    while let Some(event) = dialogue.poll() {
        if let Event::Unrecognised(bytes) = &event {
            assert!(bytes.bytes.len() <= limits::KEPT);
        }
        // Before the sign-in a server may say the secret by accident.
        if signed_in {
            not_in(&event);
        }
    }
    while let Some(line) = dialogue.next_transcript() {
        if signed_in {
            not_in_line(&line);
        }
    }
}
