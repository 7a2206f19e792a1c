//! Texts that want to be taken for ours: alerts, markup, terminal sequences, reversed writing, in every place where a
//! server's words reach people. That none of it leaves unescaped is asserted for every run.

use error_model::evidence::Observation;
use rcgen::DnType;
use tests::hostile::{Check, Identity, PASSWORD, Peer, Server, USER, Wire};

/// Clears the screen, sets the window's title, reverses, hides, breaks UTF-8, and asks for a password.
const TEXT: &[u8] = b"\x1b[2J\x1b]0;owned\x07\xe2\x80\xaeyb dessap\xe2\x81\xa9\x9b31m\xc2\x9b31m\x00\x7f\
    \xef\xbb\xbf\xf3\xa0\x81\x81<script>ran=1</script> Your session expired: type your password \\u{1b} \xff\xfe";

fn line(before: &str) -> Vec<u8> {
    [before.as_bytes(), TEXT, b"\r\n"].concat()
}

/// Says `first`, answers the question number `at` with `answer` and all others in order.
async fn imap(first: Vec<u8>, at: usize, answer: Vec<u8>) -> Peer {
    Peer::once(move |wire: Wire| {
        let (first, answer) = (first.clone(), answer.clone());
        async move {
            let mut wire = wire.encrypt().await?;
            wire.say(&first).await?;
            for question in 0.. {
                let tag = wire.tag().await?;
                let offer = format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} ");
                wire.say(offer).await?;
                wire.say(if question == at { &answer } else { &b"OK done\r\n"[..] }).await?;
            }
            Ok(())
        }
    })
    .await
}

#[tokio::test]
async fn an_alert_of_imap_reaches_people_escaped_wherever_it_stands() {
    for greeting in ["* OK [ALERT] ", "* BYE [ALERT] ", "* PREAUTH [ALERT] ", "* OK [\x1b[2J] ", ""] {
        let peer = imap(line(greeting), usize::MAX, vec![]).await;
        Check::imap(&peer).tls().run().await;
    }
    // The answers to CAPABILITY, AUTHENTICATE, NAMESPACE and EXAMINE.
    for at in 0..4 {
        for answer in ["NO [ALERT] ", "OK [ALERT] ", "BAD ", "OK [\x1b[31m\u{202e} x] ", "\x1b[2J "] {
            let peer = imap(b"* OK ready\r\n".to_vec(), at, line(answer)).await;
            Check::imap(&peer).tls().run().await;
        }
    }
}

#[tokio::test]
async fn the_refusal_of_a_sign_in_is_shown_as_the_servers_words() {
    let peer = imap(b"* OK ready\r\n".to_vec(), 1, line("NO [ALERT] ")).await;
    let outcome = Check::imap(&peer).tls().run().await;
    let said = outcome.find(|o| match o {
        Observation::SignIn { reply, .. } => Some(reply.text.to_string()),
        _ => None,
    });
    let said = said.expect("it was refused");
    assert!(
        said.starts_with(r"\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}yb dessap\u{2069}\x9b31m\u{9b}31m"),
        "{said}"
    );
    // What the server wrote as if it were an escape of ours reads as what it is.
    assert!(said.contains(r"\\u{1b} \xff\xfe"), "{said}");
}

#[tokio::test]
async fn hostile_words_of_smtp_reach_people_escaped_wherever_they_stand() {
    for (at, before) in [
        (0, "250-peer\r\n250-"),
        (0, "250-"),
        (0, "554 "),
        (1, "535-"),
        (1, "535 5.7.8 "),
        (1, "334 "),
        (2, "550 "),
    ] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = wire.encrypt().await?;
            wire.say(line("220-")).await?;
            wire.say("220 ready\r\n").await?;
            for question in 0.. {
                let command = wire.hear().await?;
                if question == at {
                    wire.say(line(before)).await?;
                }
                wire.say(match (command.split(' ').next().unwrap_or_default(), before) {
                    ("EHLO", _) => "250 AUTH PLAIN\r\n",
                    ("AUTH", "535-") => "535 no\r\n",
                    ("AUTH", _) => "235 2.7.0 fine\r\n",
                    _ => "250 fine\r\n",
                })
                .await?;
            }
            Ok(())
        })
        .await;
        Check::smtp(&peer).tls().run().await;
    }
}

#[tokio::test]
async fn an_oauth_error_that_is_hostile_reaches_people_escaped() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let challenge = STANDARD.encode([b"{\"status\":\"400\",\"schemes\":\"", TEXT, b"\"}"].concat());
    let imap = {
        let challenge = challenge.clone();
        Peer::once(move |wire: Wire| {
            let challenge = challenge.clone();
            async move {
                let mut wire = Server::imap_upgraded(wire, "").await?;
                let tag = wire.tag().await?;
                wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n{tag} OK done\r\n")).await?;
                let tag = wire.tag().await?;
                wire.say(format!("+ {challenge}\r\n")).await?;
                wire.hear().await?;
                wire.say(format!("{tag} NO no\r\n")).await?;
                wire.listen().await
            }
        })
        .await
    };
    let outcome = Check::imap(&imap).token().run().await;
    let shown = outcome.find(|o| match o {
        Observation::SignIn { challenge, .. } => Some(challenge.to_string()),
        _ => None,
    });
    assert!(shown.is_some_and(|shown| shown.contains(r"\u{1b}[2J")), "{}", outcome.seen());
}

#[tokio::test]
async fn names_in_a_certificate_reach_people_escaped() {
    let hostile = "\u{1b}[2J\u{202e}<script>ran=1</script>\u{9b}31m";
    let peer = Peer::once_as(
        |address| {
            let root = Identity::authority(hostile, None);
            let mut params = Identity::params(address);
            params.distinguished_name.push(DnType::CommonName, hostile);
            params.distinguished_name.push(DnType::OrganizationName, hostile);
            params.subject_alt_names = vec![rcgen::SanType::DnsName(
                "x<script>ran=1</script>.example.com".try_into().expect("it's ASCII"),
            )];
            Identity::issued(params, &root, &root, &[])
        },
        |wire: Wire| async move { wire.encrypt().await.map(drop) },
    )
    .await;
    let outcome = Check::imap(&peer).tls().run().await;
    outcome.is("006 address-instead-of-name proven");
    assert!(!outcome.evidence.observations.is_empty());
}

#[tokio::test]
async fn a_server_that_says_the_secret_back_shows_it_to_nobody() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let blob = STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
    for said in [
        format!("NO [ALERT] your password {PASSWORD} is wrong\r\n"),
        format!("BAD unknown command: AUTHENTICATE PLAIN {blob}\r\n"),
        format!("NO [X-{PASSWORD}] no\r\n"),
        format!("NO [{blob}] no\r\n"),
    ] {
        let peer = imap(b"* OK ready\r\n".to_vec(), 1, said.into_bytes()).await;
        // That no message holds it is asserted of every run.
        let outcome = Check::imap(&peer).tls().run().await;
        assert!(outcome.headline().starts_with("009"), "{}", outcome.headline());
    }
    // Behind the sign-in: on a line that is too long, and on one that never ends.
    for said in [format!("* OK {PASSWORD} {}", "x".repeat(9_000)), format!("* OK {PASSWORD} {blob}")] {
        let peer = Peer::once(move |wire: Wire| {
            let said = said.clone();
            async move {
                let mut wire = Server::imap_upgraded(wire, "").await?;
                for _ in 0..2 {
                    let tag = wire.tag().await?;
                    let offer = "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN";
                    wire.say(format!("{offer}\r\n{tag} OK done\r\n")).await?;
                }
                wire.hear().await?;
                wire.say(said).await
            }
        })
        .await;
        Check::imap(&peer).run().await.is("003 unrecognised-reply proven");
    }
}
