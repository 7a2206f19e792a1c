//! Replies that fit no grammar: each is shown as what it is, and none moves the dialogue on.

use error_model::evidence::Observation;
use tests::hostile::{Check, Outcome, Peer, Server, Wire};

fn signed_in(outcome: &Outcome) -> bool {
    outcome.find(|o| matches!(o, Observation::SignIn { accepted: true, .. }).then_some(())).is_some()
}

#[tokio::test]
async fn a_greeting_that_fits_no_grammar_is_shown_and_is_the_end() {
    for greeting in [
        &b"\r\n\x00\x01\x02\r\n"[..],
        b"*OK ready\r\n",
        b"OK ready\r\n",
        b"* OKAY ready\r\n",
        b"* NO ready\r\n",
        b"220ready\r\n",
        b"22 ready\r\n",
        b"2200 ready\r\n",
        b"000 ready\r\n",
        b"999 ready\r\n",
        b"\xff\xfe\xff\r\n",
        b"(((((((((((((\r\n",
        b"* {5}\r\nOK ok\r\n",
    ] {
        let peer = Peer::once(move |mut wire: Wire| async move {
            wire.say(greeting).await?;
            wire.listen().await
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        assert_eq!(outcome.headline(), "003 unrecognised-reply proven", "{}", greeting.escape_ascii());
    }
}

#[tokio::test]
async fn an_answer_to_the_sign_in_that_fits_no_grammar_is_no_yes() {
    for answer in [
        &b"235\x00 fine\r\n"[..],
        b"2\r\n",
        b"235fine\r\n",
        b"ok\r\n",
        b"-235 fine\r\n",
        b"\xb2\xb3\xb5 fine\r\n",
        b"250 fine\r\n",
        b"220 fine\r\n",
        b"354 go on\r\n",
        b"235-fine\r\n535 not\r\n",
        b"299 fine\r\n",
    ] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
            wire.hear().await?;
            wire.say("250-peer\r\n250 AUTH PLAIN\r\n").await?;
            wire.hear().await?;
            wire.say(answer).await
        })
        .await;
        let outcome = Check::smtp(&peer).run().await;
        assert!(!signed_in(&outcome), "{}", answer.escape_ascii());
        assert_ne!(outcome.headline(), "ok", "{}", answer.escape_ascii());
    }
}

#[tokio::test]
async fn capabilities_of_odd_shapes_offer_nothing_that_is_not_there() {
    for capability in [
        &b"* CAPABILITY\r\n"[..],
        b"* CAPABILITY IMAP4rev1 AUTH\r\n",
        b"* CAPABILITY IMAP4rev1 AUTH= LOGINDISABLED\r\n",
        b"* CAPABILITY IMAP4rev1 LOGINDISABLED \xff\xff\x00AUTH=PLAIN\r\n",
        b"* CAPABILITYIMAP4rev1 AUTH=PLAIN\r\n",
        b"* capability imap4rev1 LOGINDISABLED\r\n",
    ] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::imap_upgraded(wire, "").await?;
            let tag = wire.tag().await?;
            wire.say([capability, tag.as_bytes(), b" OK done\r\n"].concat()).await?;
            let line = wire.hear().await?;
            assert!(!line.contains("AUTHENTICATE"), "{line}");
            wire.say(format!("{} NO no\r\n", line.split(' ').next().unwrap_or_default())).await
        })
        .await;
        Check::imap(&peer).run().await;
        let heard = String::from_utf8_lossy(&peer.heard()[0].inside).into_owned();
        assert!(!heard.contains("AUTHENTICATE"), "{heard}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_of_a_reply_is_no_reply() {
    for (half, headline) in [
        ("250-AUTH PLAIN\r\n", "003 unrecognised-reply proven"),
        ("250 AUTH PL", "003 unrecognised-reply proven"),
        ("", "002 connection-dropped proven"),
    ] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
            wire.hear().await?;
            wire.say(half).await
        })
        .await;
        Check::smtp(&peer).run().await.is(headline);
    }
}
