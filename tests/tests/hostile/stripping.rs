//! Somebody on the way, or the server itself, keeps TLS from coming about: STARTTLS isn't advertised, or is refused.

use error_model::evidence::{Observation, SignInSkip};
use tests::hostile::{Check, Outcome, Peer, Wire};

/// An IMAP server whose greeting says `greeting` and whose CAPABILITY says `capability`.
async fn imap(greeting: &'static str, capability: &'static str) -> Peer {
    Peer::start(move |mut wire: Wire| async move {
        wire.say(format!("* OK {greeting}ready\r\n")).await?;
        loop {
            let tag = wire.tag().await?;
            wire.say(format!("* CAPABILITY {capability}\r\n{tag} OK done\r\n")).await?;
        }
    })
    .await
}

/// An SMTP server that answers EHLO with `ehlo`, and everything else with `other`.
async fn smtp(ehlo: &'static str, other: &'static str) -> Peer {
    Peer::start(move |mut wire: Wire| async move {
        wire.say("220 ready\r\n").await?;
        loop {
            let line = wire.hear().await?;
            wire.say(if line.starts_with("EHLO") { ehlo } else { other }).await?;
        }
    })
    .await
}

fn nothing_was_tried(outcome: &Outcome) {
    let sign_in = outcome.find(|o| matches!(o, Observation::SignIn { .. }).then_some(()));
    assert_eq!(sign_in, None, "{}", outcome.seen());
}

#[tokio::test]
async fn an_imap_server_whose_starttls_was_stripped_hears_no_secret() {
    for (greeting, capability) in [
        ("[CAPABILITY IMAP4rev1 AUTH=PLAIN] ", "IMAP4rev1"),
        ("", "IMAP4rev1 AUTH=PLAIN AUTH=LOGIN SASL-IR"),
        ("", "IMAP4rev1 XSTARTTLS STARTTLSX START TLS AUTH=PLAIN"),
        ("[CAPABILITY IMAP4rev1 STARTTLS-X] ", "IMAP4rev1"),
    ] {
        let outcome = Check::imap(&imap(greeting, capability).await).run().await;
        outcome.is("004 tls-not-offered proven");
        nothing_was_tried(&outcome);
    }
}

#[tokio::test]
async fn an_smtp_server_whose_starttls_was_stripped_hears_no_secret() {
    for (ehlo, other) in [
        ("250-peer\r\n250 AUTH PLAIN LOGIN\r\n", "250 fine\r\n"),
        // A firewall that overwrites what it doesn't know.
        ("250-peer\r\n250-XXXXXXXA\r\n250 AUTH PLAIN\r\n", "250 fine\r\n"),
        // No extensions at all: EHLO is refused, HELO isn't.
        ("502 what?\r\n", "250 peer STARTTLS\r\n"),
        ("250 STARTTLS\r\n", "250 fine\r\n"),
    ] {
        let outcome = Check::smtp(&smtp(ehlo, other).await).run().await;
        outcome.is("004 tls-not-offered proven");
        nothing_was_tried(&outcome);
    }
}

#[tokio::test]
async fn starttls_that_is_offered_and_refused_by_imap_ends_there() {
    for (answer, headline) in [
        ("NO not now", "004 tls-not-configured proven"),
        ("BAD what?", "004 tls-not-configured proven"),
        ("NO [ALERT] sign in without it", "004 tls-not-configured proven"),
        ("NO [CAPABILITY IMAP4rev1 AUTH=PLAIN] sign in without it", "004 tls-not-configured proven"),
    ] {
        let peer = Peer::start(move |mut wire: Wire| async move {
            wire.say("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR] ready\r\n").await?;
            loop {
                let tag = wire.tag().await?;
                wire.say(format!("{tag} {answer}\r\n")).await?;
            }
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is(headline);
        nothing_was_tried(&outcome);
    }
}

#[tokio::test]
async fn starttls_that_is_offered_and_refused_by_smtp_ends_there() {
    const EHLO: &str = "250-peer\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n";
    for (answer, headline) in [
        ("454 4.7.0 TLS not available\r\n", "004 tls-not-configured proven"),
        ("501 no\r\n", "004 tls-not-configured proven"),
        ("554 no\r\n", "004 tls-not-configured proven"),
        ("421 not now\r\n", "002 server-unavailable likely"),
    ] {
        let outcome = Check::smtp(&smtp(EHLO, answer).await).run().await;
        outcome.is(headline);
        nothing_was_tried(&outcome);
    }
}

#[tokio::test]
async fn an_answer_to_starttls_that_is_no_yes_begins_no_handshake() {
    const EHLO: &str = "250-peer\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n";
    // 250 isn't the answer of RFC 3207, and neither is a challenge, nor a reply whose lines disagree.
    for answer in ["250 fine\r\n", "235 you are in\r\n", "334 \r\n", "220-go\r\n454 no\r\n"] {
        let peer = smtp(EHLO, answer).await;
        let outcome = Check::smtp(&peer).run().await;
        outcome.is("004 tls-not-configured proven");
        let hello = peer.heard()[0].wire.windows(3).any(|bytes| matches!(bytes, [0x16, 3, 1]));
        assert!(!hello, "a handshake began behind {answer:?}");
        nothing_was_tried(&outcome);
    }
}

#[tokio::test]
async fn a_server_in_clear_that_offers_every_mechanism_hears_no_secret() {
    let imap = imap("", "IMAP4rev1 AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR").await;
    let smtp = smtp("250-peer\r\n250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER\r\n", "334 \r\n").await;
    for check in [
        Check::imap(&imap).plain(),
        Check::imap(&imap).plain().token(),
        Check::smtp(&smtp).plain(),
        Check::smtp(&smtp).plain().token(),
    ] {
        let outcome = check.run().await;
        outcome.is("004 tls-not-offered proven");
        let skipped = outcome.find(|o| match o {
            Observation::SignInSkipped { reason } => Some(*reason),
            _ => None,
        });
        assert_eq!(skipped, Some(SignInSkip::NotEncrypted));
        nothing_was_tried(&outcome);
    }
}
