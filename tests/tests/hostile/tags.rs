//! Answers to nobody's question: another tag, no tag, a tag guessed in advance, requests to go on that nobody awaits.

use error_model::evidence::Observation;
use tests::hostile::{Check, Outcome, Peer, Server, Wire};

fn sign_in(outcome: &Outcome) -> Option<bool> {
    outcome.find(|o| match o {
        Observation::SignIn { accepted, .. } => Some(*accepted),
        _ => None,
    })
}

/// IMAP that answers the sign-in with `answer` instead, `TAG` standing for its tag, and hangs up.
async fn at_sign_in(answer: &'static str) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        let tag = wire.tag().await?;
        wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n")).await?;
        let tag = wire.tag().await?;
        wire.say(answer.replace("TAG", &tag)).await
    })
    .await
}

#[tokio::test]
async fn only_our_own_outstanding_tag_completes_a_sign_in() {
    for (answer, headline) in [
        ("* OK signed in\r\n", "002 connection-dropped likely"),
        ("x OK signed in\r\n", "003 unrecognised-reply proven"),
        ("TAGx OK signed in\r\n", "003 unrecognised-reply proven"),
        ("OK signed in\r\n", "003 unrecognised-reply proven"),
        (" TAG OK signed in\r\n", "003 unrecognised-reply proven"),
        ("TAG PREAUTH signed in\r\n", "003 unrecognised-reply proven"),
        ("* PREAUTH signed in\r\n", "003 unrecognised-reply proven"),
        ("TAG FINE signed in\r\n", "003 unrecognised-reply proven"),
    ] {
        let peer = at_sign_in(answer).await;
        let outcome = Check::imap(&peer).run().await;
        assert_ne!(sign_in(&outcome), Some(true), "{answer:?}");
        outcome.is(headline);
    }
}

#[tokio::test]
async fn a_tag_in_another_case_is_another_tag() {
    let peer = Peer::once(|wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        let tag = wire.tag().await?.to_uppercase();
        wire.say(format!("{tag} OK done\r\n")).await?;
        wire.listen().await
    })
    .await;
    let outcome = Check::imap(&peer).run().await;
    outcome.is("003 unrecognised-reply proven");
}

#[tokio::test]
async fn requests_to_go_on_that_nobody_awaits_bring_nothing_out() {
    for at in ["greeting", "capability", "starttls"] {
        let peer = Peer::once(move |mut wire: Wire| async move {
            let go_on = |now: &str| if now == at { "+ go on, say it\r\n" } else { "" };
            wire.say(format!("{}* OK ready\r\n", go_on("greeting"))).await?;
            let tag = wire.tag().await?;
            let offer = format!("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n{tag} OK done\r\n");
            wire.say(format!("{}{offer}", go_on("capability"))).await?;
            wire.tag().await?;
            wire.say(go_on("starttls")).await?;
            wire.listen().await
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is("003 unrecognised-reply proven");
        assert_eq!(sign_in(&outcome), None);
    }
}

#[tokio::test]
async fn a_challenge_of_smtp_that_nobody_awaits_brings_nothing_out() {
    for at in ["EHLO", "STARTTLS"] {
        let peer = Peer::once(move |mut wire: Wire| async move {
            wire.say("220 ready\r\n").await?;
            loop {
                let line = wire.hear().await?;
                let challenged = line.starts_with(at);
                wire.say(match challenged {
                    true => "334 VXNlcm5hbWU6\r\n",
                    false => "250-peer\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
                })
                .await?;
            }
        })
        .await;
        let outcome = Check::smtp(&peer).run().await;
        assert_ne!(outcome.headline(), "ok");
        assert_eq!(sign_in(&outcome), None);
    }
}

#[tokio::test]
async fn a_second_answer_to_one_question_is_not_heard_as_the_next() {
    let peer = Peer::once(|wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        let tag = wire.tag().await?;
        let offer = format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n");
        wire.say(format!("{offer}{tag} OK signed in\r\n")).await?;
        wire.listen().await
    })
    .await;
    let outcome = Check::imap(&peer).run().await;
    assert_ne!(sign_in(&outcome), Some(true));
    outcome.is("003 unrecognised-reply proven");
}
