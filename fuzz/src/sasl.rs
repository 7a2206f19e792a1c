//! One sign-in, by every mechanism and in both protocols: each line of the input is a challenge.

use protocol::{
    imap, limits,
    sasl::{Credentials, Mechanism},
    smtp,
};

use crate::secret::{not_in, password, token};

pub fn run(input: &[u8]) {
    let Some((&kind, challenges)) = input.split_first() else { return };
    let (mechanism, credentials) = match kind % 4 {
        0 => (Mechanism::Plain, password()),
        1 => (Mechanism::Login, password()),
        2 => (Mechanism::XOAuth2, token()),
        _ => (Mechanism::OAuthBearer, token()),
    };
    let initial_response = kind & 4 == 0;
    over_imap(challenges, mechanism, credentials.clone(), initial_response);
    over_smtp(challenges, mechanism, credentials);
}

fn over_imap(challenges: &[u8], mechanism: Mechanism, credentials: Credentials, initial_response: bool) {
    let mut dialogue = imap::Dialogue::new("t");
    dialogue.receive(b"* OK ready\r\n");
    while dialogue.poll().is_some() {}
    let command = imap::Command::Authenticate { mechanism, credentials, initial_response };
    dialogue.send(command).expect("it's the first command");
    let mut answers = 0;
    for challenge in challenges.split(|&byte| byte == b'\n') {
        dialogue.receive(&[b"+ ", challenge, b"\r\n"].concat());
        while let Some(event) = dialogue.poll() {
            answers += usize::from(matches!(event, imap::Event::Write(_)));
            not_in(&event);
        }
    }
    assert!(answers <= limits::CHALLENGES, "{answers} answers in one sign-in");
}

fn over_smtp(challenges: &[u8], mechanism: Mechanism, credentials: Credentials) {
    let mut dialogue = smtp::Dialogue::new();
    dialogue.receive(b"220 ready\r\n");
    while dialogue.poll().is_some() {}
    dialogue.send(smtp::Command::Auth { mechanism, credentials }).expect("it's the first command");
    let mut answers = 0;
    for challenge in challenges.split(|&byte| byte == b'\n') {
        dialogue.receive(&[b"334 ", challenge, b"\r\n"].concat());
        while let Some(event) = dialogue.poll() {
            answers += usize::from(matches!(event, smtp::Event::Write(_)));
            not_in(&event);
        }
    }
    assert!(answers <= limits::CHALLENGES, "{answers} answers in one sign-in");
}
