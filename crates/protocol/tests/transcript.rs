//! What the transcript holds, and what it doesn't.

use protocol::{
    Direction::{self, Client, Server},
    Omitted, TranscriptLine, imap, limits,
    sasl::Credentials,
    smtp,
};

fn line(direction: Direction, text: &str, omitted: Omitted) -> TranscriptLine {
    TranscriptLine { direction, text: text.as_bytes().to_vec(), omitted }
}

fn said(direction: Direction, text: &str) -> TranscriptLine {
    line(direction, text, Omitted::Nothing)
}

fn credentials() -> Credentials {
    Credentials::password("kaori@example.jp", "correct horse".into()).expect("sendable")
}

#[test]
fn of_an_imap_sign_in_the_command_and_the_final_reply_are_kept() {
    let mut dialogue = imap::Dialogue::new("t");
    let hear = |dialogue: &mut imap::Dialogue, bytes: &[u8]| {
        dialogue.receive(bytes);
        while dialogue.poll().is_some() {}
    };
    hear(&mut dialogue, b"* OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] ready\r\n");
    let capabilities = dialogue.capabilities().cloned().expect("they were in the greeting");
    let command = imap::Command::sign_in(credentials(), &capabilities).expect("LOGIN is offered");
    dialogue.send(command).expect("nothing is on its way");
    hear(&mut dialogue, b"+ VXNlcm5hbWU6\r\n");
    hear(&mut dialogue, b"* OK one moment\r\nnonsense\r\n+ UGFzc3dvcmQ6\r\n");
    hear(&mut dialogue, b"t1 OK Logged in\r\n* 3 EXISTS\r\n");
    let transcript: Vec<_> = std::iter::from_fn(|| dialogue.next_transcript()).collect();
    assert_eq!(
        transcript,
        [
            said(Server, "* OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] ready"),
            line(Client, "t1 AUTHENTICATE LOGIN", Omitted::SignInData),
            said(Server, "t1 OK Logged in"),
            said(Server, "* 3 EXISTS"),
        ]
    );
}

#[test]
fn of_an_smtp_sign_in_the_command_and_the_final_reply_are_kept() {
    let mut dialogue = smtp::Dialogue::new();
    let hear = |dialogue: &mut smtp::Dialogue, bytes: &[u8]| {
        dialogue.receive(bytes);
        while dialogue.poll().is_some() {}
    };
    hear(&mut dialogue, b"220 ready\r\n");
    dialogue.send(smtp::Command::Rset).expect("the server has greeted");
    hear(&mut dialogue, b"250 2.0.0 Ok\r\n");
    let command =
        smtp::Command::Auth { mechanism: protocol::sasl::Mechanism::Login, credentials: credentials() };
    dialogue.send(command).expect("nothing is on its way");
    hear(&mut dialogue, b"334 VXNlcm5hbWU6\r\n334-what\r\n334 UGFzc3dvcmQ6\r\nnonsense\r\n");
    hear(&mut dialogue, b"535-5.7.8 no\r\n535 5.7.8 really\r\n");
    let transcript: Vec<_> = std::iter::from_fn(|| dialogue.next_transcript()).collect();
    assert_eq!(
        transcript,
        [
            said(Server, "220 ready"),
            said(Client, "RSET"),
            said(Server, "250 2.0.0 Ok"),
            line(Client, "AUTH LOGIN", Omitted::SignInData),
            said(Server, "535-5.7.8 no"),
            said(Server, "535 5.7.8 really"),
        ]
    );
}

#[test]
fn of_mail_that_is_fetched_the_commands_and_their_ends_are_kept() {
    let mut dialogue = imap::Dialogue::new("t");
    let hear = |dialogue: &mut imap::Dialogue, bytes: &[u8]| {
        dialogue.receive(bytes);
        while dialogue.poll().is_some() {}
    };
    hear(&mut dialogue, b"* OK ready\r\n");
    dialogue.send(imap::Command::FetchHeads { first: 1, last: 2 }).expect("nothing is on its way");
    hear(
        &mut dialogue,
        b"* 1 FETCH (BODY[HEADER]<0> {19}\r\nSubject: private\r\n\r\n)\r\nSubject: private\r\n",
    );
    hear(
        &mut dialogue,
        b"* OK private\r\nt1 OK done\r\n* 2 FETCH (BODY[HEADER]<0> \"Subject: private\")\r\n",
    );
    let transcript: Vec<_> = std::iter::from_fn(|| dialogue.next_transcript()).collect();
    let sent = "t1 FETCH 1:2 (RFC822.SIZE BODY.PEEK[HEADER]<0.2048>)";
    assert_eq!(transcript, [said(Server, "* OK ready"), said(Client, sent), said(Server, "t1 OK done")]);
}

#[test]
fn a_long_line_is_cut_off_and_says_so() {
    let mut dialogue = imap::Dialogue::new("t");
    dialogue.receive(format!("* OK {}\r\n", "x".repeat(limits::TRANSCRIPT_LINE)).as_bytes());
    dialogue.poll();
    let line = dialogue.next_transcript().expect("the greeting");
    assert_eq!((line.text.len(), line.omitted), (limits::TRANSCRIPT_LINE, Omitted::Rest));
}
