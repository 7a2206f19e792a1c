//! Words in clear that are meant to be taken for words inside TLS: behind the answer to STARTTLS, before it was asked
//! for, or in the middle of the handshake (CVE-2011-0411 and its kind, in the client's direction).

use error_model::evidence::Observation;
use tests::hostile::{Check, Outcome, Peer, Server, Wire};

const IMAP_OFFER: &str = "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n";
const EHLO: &str = "250-peer\r\n250-STARTTLS\r\n250 SIZE\r\n";

/// Tags count up.
fn next_tag(first: &str) -> String {
    let mut tag = first.to_owned();
    tag.pop();
    tag + "2"
}

fn injected(outcome: &Outcome) -> Option<u32> {
    outcome.find(|o| match o {
        Observation::StartTls { injected, .. } => Some(*injected),
        _ => None,
    })
}

fn no_handshake_began(outcome: &Outcome) {
    let began = outcome.find(|o| matches!(o, Observation::TlsHandshake { .. }).then_some(()));
    assert_eq!(began, None, "{}", outcome.seen());
}

#[tokio::test]
async fn words_behind_the_answer_of_imap_are_a_finding_and_the_end() {
    for words in [
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
        "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] inside, honestly\r\n",
        "{next} OK signed in\r\n",
        // Not even a whole line.
        "*",
        "\r\n",
    ] {
        let peer = Peer::start(move |mut wire: Wire| async move {
            wire.say(IMAP_OFFER).await?;
            let tag = wire.tag().await?;
            let next = next_tag(&tag);
            wire.say(format!("{tag} OK begin\r\n{}", words.replace("{next}", &next))).await?;
            wire.encrypt().await.map(drop)
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is("003 unrecognised-reply likely");
        assert!(injected(&outcome) >= Some(1), "{}", outcome.seen());
        no_handshake_began(&outcome);
        assert!(peer.heard()[0].inside.is_empty());
    }
}

#[tokio::test]
async fn words_behind_the_answer_of_smtp_are_a_finding_and_the_end() {
    for words in ["250-peer\r\n250 AUTH PLAIN\r\n", "235 signed in\r\n", "2", "\r\n"] {
        let peer = Peer::start(move |mut wire: Wire| async move {
            wire.say("220 ready\r\n").await?;
            wire.hear().await?;
            wire.say(EHLO).await?;
            wire.hear().await?;
            wire.say(format!("220 go ahead\r\n{words}")).await?;
            wire.encrypt().await.map(drop)
        })
        .await;
        let outcome = Check::smtp(&peer).run().await;
        outcome.is("003 unrecognised-reply likely");
        assert!(injected(&outcome) >= Some(1), "{}", outcome.seen());
        no_handshake_began(&outcome);
        assert!(peer.heard()[0].inside.is_empty());
    }
}

#[tokio::test]
async fn an_answer_that_came_before_the_question_is_no_answer() {
    let imap = Peer::start(|mut wire: Wire| async move {
        wire.say("* OK ready\r\n").await?;
        let tag = wire.tag().await?;
        let next = next_tag(&tag);
        let offer = format!("* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done\r\n");
        wire.say(format!("{offer}{next} OK begin\r\n")).await?;
        wire.hear().await?;
        wire.encrypt().await.map(drop)
    })
    .await;
    let smtp = Peer::start(|mut wire: Wire| async move {
        wire.say("220 ready\r\n").await?;
        wire.hear().await?;
        wire.say(format!("{EHLO}220 go ahead\r\n")).await?;
        wire.hear().await?;
        wire.encrypt().await.map(drop)
    })
    .await;
    // Everything at once, before the first question.
    let eager = Peer::start(|mut wire: Wire| async move {
        wire.say(format!("220 ready\r\n{EHLO}220 go ahead\r\n")).await?;
        wire.hear().await?;
        wire.hear().await?;
        wire.encrypt().await.map(drop)
    })
    .await;
    for (peer, check) in
        [(&imap, Check::imap(&imap)), (&smtp, Check::smtp(&smtp)), (&eager, Check::smtp(&eager))]
    {
        let outcome = check.run().await;
        outcome.is("003 unrecognised-reply likely");
        assert!(injected(&outcome) >= Some(1), "{}", outcome.seen());
        no_handshake_began(&outcome);
        assert!(peer.heard()[0].inside.is_empty());
    }
}

#[tokio::test]
async fn words_in_clear_in_place_of_the_handshake_are_not_heard_as_mail() {
    let imap = Peer::once(|mut wire: Wire| async move {
        wire.say(IMAP_OFFER).await?;
        let tag = wire.tag().await?;
        wire.say(format!("{tag} OK begin\r\n")).await?;
        // The client's hello is on its way: only now.
        wire.skip(1).await?;
        wire.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* OK welcome\r\n").await?;
        wire.listen().await
    })
    .await;
    let smtp = Peer::once(|mut wire: Wire| async move {
        wire.say("220 ready\r\n").await?;
        wire.hear().await?;
        wire.say(EHLO).await?;
        wire.hear().await?;
        wire.say("220 go ahead\r\n").await?;
        wire.skip(1).await?;
        wire.say("250-peer\r\n250 AUTH PLAIN LOGIN\r\n").await?;
        wire.listen().await
    })
    .await;
    for check in [Check::imap(&imap), Check::smtp(&smtp)] {
        let outcome = check.run().await;
        let offered = outcome.find(|o| match o {
            Observation::Capabilities { mechanisms, .. } if !mechanisms.is_empty() => {
                Some(mechanisms.clone())
            }
            _ => None,
        });
        assert_eq!(offered, None);
        outcome.is("004 plaintext-on-tls-port likely");
    }
}

#[tokio::test]
async fn capabilities_slipped_in_before_tls_are_forgotten_inside_it() {
    let imap = Peer::once(|mut wire: Wire| async move {
        wire.say(IMAP_OFFER).await?;
        let tag = wire.tag().await?;
        let slipped = "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n";
        wire.say(format!("{slipped}{tag} OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] begin\r\n")).await?;
        let mut wire = wire.encrypt().await?;
        Server::imap_to_the_end(&mut wire, "LOGINDISABLED AUTH=NTLM").await
    })
    .await;
    let smtp = Peer::once(|wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, "AUTH PLAIN LOGIN").await?;
        Server::smtp_to_the_end(&mut wire, "AUTH NTLM").await
    })
    .await;
    for (peer, check) in [(&imap, Check::imap(&imap)), (&smtp, Check::smtp(&smtp))] {
        let outcome = check.run().await;
        outcome.is("009 no-common-mechanism proven");
        let inside = String::from_utf8_lossy(&peer.heard()[0].inside).into_owned();
        assert!(!inside.contains("AUTH") && !inside.contains("LOGIN"), "{inside}");
    }
}
