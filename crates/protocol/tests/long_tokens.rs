//! Access tokens of the lengths that Microsoft issues, and longer ones: none makes a command longer than a server takes.

use base64::{Engine, engine::general_purpose::STANDARD};
use protocol::{
    imap, limits,
    sasl::{CredentialError, Credentials, Field},
    smtp,
};

/// What the client says in one sign-in.
struct Said {
    command: String,
    /// What is said when the server asks; nothing where all was said with the command.
    answer: Option<String>,
}

fn token(length: usize) -> String {
    "eyJ0eXAiOiJKV1QifQ".chars().cycle().take(length).collect()
}

fn credentials(length: usize) -> Credentials {
    let credentials = Credentials::token("kaori@example.jp", token(length).into());
    credentials.and_then(|token| token.for_server("mail.example.jp", 993)).expect("sendable")
}

fn text(outgoing: &protocol::Outgoing) -> String {
    String::from_utf8(outgoing.as_bytes().to_vec()).expect("base64 is ASCII")
}

fn imap_says(offer: &str, length: usize) -> Said {
    let mut dialogue = imap::Dialogue::new("t");
    dialogue.receive(format!("* OK [CAPABILITY IMAP4rev1 {offer}] ready\r\n").as_bytes());
    while dialogue.poll().is_some() {}
    let capabilities = dialogue.capabilities().cloned().expect("they were in the greeting");
    let command = imap::Command::sign_in(credentials(length), &capabilities).expect("a mechanism fits");
    let command = text(&dialogue.send(command).expect("nothing is on its way"));
    let all_said = command.split_ascii_whitespace().count() > 3;
    dialogue.receive(b"+ \r\n");
    let answer = match dialogue.poll() {
        Some(imap::Event::Write(outgoing)) if !all_said => Some(text(&outgoing)),
        _ => None,
    };
    Said { command, answer }
}

fn smtp_says(offer: &str, length: usize) -> Said {
    let mut dialogue = smtp::Dialogue::new();
    dialogue.receive(b"220 ready\r\n");
    while dialogue.poll().is_some() {}
    dialogue.send(smtp::Command::Ehlo(smtp::ClientName::new("a.example").expect("a name"))).expect("greeted");
    dialogue.receive(format!("250-ready\r\n250 AUTH {offer}\r\n").as_bytes());
    while dialogue.poll().is_some() {}
    let capabilities = dialogue.capabilities().cloned().expect("they were listed");
    let command = smtp::Command::sign_in(credentials(length), &capabilities).expect("a mechanism fits");
    let command = text(&dialogue.send(command).expect("nothing is on its way"));
    let all_said = command.split_ascii_whitespace().count() > 2;
    dialogue.receive(b"334 \r\n");
    let answer = match dialogue.poll() {
        Some(smtp::Event::Write(outgoing)) if !all_said => Some(text(&outgoing)),
        _ => None,
    };
    Said { command, answer }
}

/// The token that a line of base64 carries.
#[track_caller]
fn carries(line: &str, length: usize) {
    let message = STANDARD.decode(line.trim_end()).expect("one line of base64");
    let message = String::from_utf8(message).expect("text");
    let bearer = format!("\u{1}auth=Bearer {}\u{1}\u{1}", token(length));
    assert!(message.ends_with(&bearer), "the token isn't whole");
    assert_eq!(line.matches("\r\n").count(), 1, "more than one line");
}

#[test]
fn smtp_says_a_token_that_fits_with_the_command_and_any_other_when_asked() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let short = smtp_says(mechanism, 200);
        assert!(short.command.len() <= limits::SMTP_COMMAND_LINE, "{}", short.command.len());
        assert!(short.answer.is_none());
        carries(short.command.split(' ').nth(2).expect("an initial response"), 200);
        // RFC 4954, 4: the command keeps to the limit of SMTP; of the line that answers 334 it calls 12,288 octets enough.
        for length in [400, 2_000, 4_000, 9_000] {
            let long = smtp_says(mechanism, length);
            assert_eq!(long.command, format!("AUTH {mechanism}\r\n"));
            let answer = long.answer.expect("said when the server asks");
            carries(&answer, length);
            assert!(answer.len() <= 12_288, "{}", answer.len());
        }
    }
}

#[test]
fn the_longest_command_of_smtp_is_as_long_as_it_may_be() {
    let lengths: Vec<usize> = (300..420).map(|length| smtp_says("XOAUTH2", length).command.len()).collect();
    let longest = lengths.iter().max().expect("there are some");
    assert!((limits::SMTP_COMMAND_LINE - 4..=limits::SMTP_COMMAND_LINE).contains(longest), "{longest}");
}

#[test]
fn imap_says_tokens_as_long_as_microsofts_with_the_command_where_the_server_takes_that() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let offer = format!("SASL-IR AUTH={mechanism}");
        for length in [200, 2_000, 4_000] {
            let said = imap_says(&offer, length);
            assert!(said.answer.is_none());
            carries(said.command.split(' ').nth(3).expect("an initial response"), length);
            assert!(said.command.len() <= limits::LINE, "{}", said.command.len());
        }
        // Servers need not take a command of more than 8,192 octets (RFC 7162, 4), so the rest waits for the question.
        for length in [6_500, 16_000] {
            let said = imap_says(&offer, length);
            assert_eq!(said.command, format!("t1 AUTHENTICATE {mechanism}\r\n"));
            carries(&said.answer.expect("said when the server asks"), length);
        }
    }
}

#[test]
fn imap_waits_for_the_question_where_the_server_takes_no_initial_response() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        for length in [200, 4_000] {
            let said = imap_says(&format!("AUTH={mechanism}"), length);
            assert_eq!(said.command, format!("t1 AUTHENTICATE {mechanism}\r\n"));
            carries(&said.answer.expect("said when the server asks"), length);
        }
    }
}

#[test]
fn a_token_longer_than_any_issuer_s_is_refused_before_it_is_sent() {
    let refused = Credentials::token("kaori@example.jp", token(limits::FIELD + 1).into());
    assert_eq!(refused.err(), Some(CredentialError::TooLong(Field::Secret)));
}
