//! Servers that never stop: each limit ends the dialogue, before the memory is taken.

use protocol::{
    Unrecognised, Why, imap, limits,
    sasl::{Credentials, Mechanism},
    smtp,
};

/// An IMAP dialogue behind its greeting.
fn imap_ready() -> imap::Dialogue {
    let mut dialogue = imap::Dialogue::new("t");
    dialogue.receive(b"* OK ready\r\n");
    assert!(matches!(dialogue.poll(), Some(imap::Event::Greeting(_))));
    dialogue
}

/// An SMTP dialogue behind its greeting.
fn smtp_ready() -> smtp::Dialogue {
    let mut dialogue = smtp::Dialogue::new();
    dialogue.receive(b"220 ready\r\n");
    assert!(matches!(dialogue.poll(), Some(smtp::Event::Greeting(_))));
    dialogue
}

/// Feeds `bytes` again and again until the dialogue gives up. Gives the number of bytes fed, and the last event.
fn imap_flood(bytes: &[u8]) -> (usize, Unrecognised) {
    let mut dialogue = imap_ready();
    for round in 1..=limits::UNREAD {
        dialogue.receive(bytes);
        while let Some(event) = dialogue.poll() {
            if let imap::Event::Unrecognised(unrecognised) = event {
                assert!(dialogue.is_over());
                return (round * bytes.len(), unrecognised);
            }
        }
    }
    panic!("the dialogue never gave up");
}

fn smtp_flood(bytes: &[u8]) -> (usize, Unrecognised) {
    let mut dialogue = smtp_ready();
    for round in 1..=limits::UNREAD {
        dialogue.receive(bytes);
        while let Some(event) = dialogue.poll() {
            if let smtp::Event::Unrecognised(unrecognised) = event {
                assert!(dialogue.is_over());
                return (round * bytes.len(), unrecognised);
            }
        }
    }
    panic!("the dialogue never gave up");
}

#[test]
fn an_endless_line_is_too_long_at_the_limit() {
    for (fed, unrecognised) in [imap_flood(b"x"), smtp_flood(b"x")] {
        assert_eq!(fed, limits::LINE + 1);
        assert_eq!(unrecognised.why, Why::TooLong);
        assert_eq!(unrecognised.bytes, vec![b'x'; limits::KEPT]);
    }
}

#[test]
fn a_giant_literal_is_too_long_when_it_is_announced() {
    let announcement = b"* ID (\"name\" {4294967295}\r\n";
    let (fed, unrecognised) = imap_flood(announcement);
    assert_eq!((fed, unrecognised.why), (announcement.len(), Why::TooLong));
}

#[test]
fn literals_that_add_up_are_too_long_together() {
    let literal = [b"{10000}\r\n".to_vec(), vec![b'x'; 10_000]].concat();
    let mut dialogue = imap_ready();
    dialogue.receive(b"* ID (");
    (0..7).for_each(|_| dialogue.receive(&literal));
    let Some(imap::Event::Unrecognised(unrecognised)) = dialogue.poll() else { panic!("not refused") };
    assert_eq!(unrecognised.why, Why::TooLong);
}

#[test]
fn an_endless_reply_is_too_long_at_the_limit() {
    let line = b"250-SIZE\r\n";
    let (fed, unrecognised) = smtp_flood(line);
    assert_eq!(unrecognised.why, Why::TooLong);
    assert!((limits::REPLY..limits::REPLY + 2 * line.len()).contains(&fed), "{fed}");
}

#[test]
fn untagged_data_without_end_is_too_long_at_the_limit() {
    for line in [&b"* 1 EXISTS\r\n"[..], b"* OK still here\r\n", b"\r\n"] {
        let (fed, unrecognised) = imap_flood(line);
        assert_eq!(unrecognised.why, Why::TooLong);
        assert!((limits::REPLY - 64..limits::REPLY + 2 * line.len()).contains(&fed), "{fed}");
    }
    assert_eq!(smtp_flood(b"\r\n").1.why, Why::TooLong);
}

#[test]
fn a_server_that_asks_again_and_again_is_not_answered_forever() {
    let credentials = Credentials::password("tim", "tanstaaf".into()).expect("they can be sent");
    let mut imap = imap_ready();
    let mechanism = Mechanism::Plain;
    let command =
        imap::Command::Authenticate { mechanism, credentials: credentials.clone(), initial_response: true };
    imap.send(command).expect("it's the first command");
    let mut smtp = smtp_ready();
    smtp.send(smtp::Command::Auth { mechanism, credentials }).expect("it's the first command");
    let mut answers = [0; 2];
    for _ in 0..limits::CHALLENGES + 5 {
        imap.receive(b"+ \r\n");
        smtp.receive(b"334 \r\n");
        let said = std::iter::from_fn(|| imap.poll());
        answers[0] += said.filter(|event| matches!(event, imap::Event::Write(_))).count();
        let said = std::iter::from_fn(|| smtp.poll());
        answers[1] += said.filter(|event| matches!(event, smtp::Event::Write(_))).count();
    }
    assert_eq!(answers, [limits::CHALLENGES; 2]);
    assert!(imap.is_over() && smtp.is_over());
}

#[test]
fn each_answered_command_gives_the_server_its_room_again() {
    let mut dialogue = imap_ready();
    let line = [b"* X-FILL ".to_vec(), vec![b'x'; 1000], b"\r\n".to_vec()].concat().repeat(40);
    for number in 1..20 {
        dialogue.send(imap::Command::Capability).expect("the dialogue goes on");
        dialogue.receive(&line);
        dialogue.receive(format!("t{number} OK done\r\n").as_bytes());
        assert!(matches!(dialogue.poll(), Some(imap::Event::Completed(_))));
    }
}

#[test]
fn nothing_is_kept_of_what_arrives_after_the_end() {
    let mut dialogue = imap_ready();
    dialogue.receive(&vec![b'x'; limits::LINE + 1]);
    assert!(matches!(dialogue.poll(), Some(imap::Event::Unrecognised(_))));
    dialogue.receive(b"* OK hello again\r\n");
    assert_eq!(dialogue.poll(), None);
    assert_eq!(dialogue.finish(), None);
    assert_eq!(dialogue.send(imap::Command::Logout).expect_err("it is over"), protocol::SendError::Over);
}

#[test]
fn a_caller_that_never_polls_loses_bytes_and_is_told() {
    let mut dialogue = imap_ready();
    let line = [b"* X ".to_vec(), vec![b'x'; 100], b"\r\n".to_vec()].concat();
    (0..limits::UNREAD / 100).for_each(|_| dialogue.receive(&line));
    let last = std::iter::from_fn(|| dialogue.poll()).last();
    let Some(imap::Event::Unrecognised(unrecognised)) = last else { panic!("not told: {last:?}") };
    assert_eq!(unrecognised.why, Why::TooLong);
}

#[test]
fn commands_wait_for_the_greeting() {
    let error = imap::Dialogue::new("t").send(imap::Command::Capability).expect_err("too early");
    assert_eq!(error, protocol::SendError::NotGreeted);
    let error = smtp::Dialogue::new().send(smtp::Command::Rset).expect_err("too early");
    assert_eq!(error, protocol::SendError::NotGreeted);
}
