//! Servers that send their guests elsewhere: in the greeting, in the answer to a sign-in, and for a mailbox (RFC 2221,
//! RFC 2193). Nobody goes there, and nobody asks where that is.

use tests::hostile::{Check, Peer, Server, Wire};

/// A listener that a referral names; it must never be dialled.
async fn elsewhere() -> Peer {
    Peer::start(|mut wire: Wire| async move { wire.listen().await }).await
}

/// The URLs of a referral: by address and by name.
fn urls(elsewhere: &Peer) -> [String; 2] {
    let address = elsewhere.address();
    [
        format!("imap://anna;AUTH=*@{address}/"),
        format!("imap://anna@referral.example.com:{}/INBOX", address.port()),
    ]
}

#[tokio::test]
async fn a_referral_in_the_greeting_is_not_followed() {
    let elsewhere = elsewhere().await;
    for url in urls(&elsewhere) {
        for kind in ["BYE", "OK", "PREAUTH"] {
            let greeting = format!("* {kind} [REFERRAL {url}] moved\r\n");
            let peer = Peer::once(move |mut wire: Wire| {
                let greeting = greeting.clone();
                async move {
                    wire.say(greeting).await?;
                    wire.hear().await.map(drop)
                }
            })
            .await;
            let outcome = Check::imap(&peer).run().await;
            assert_ne!(outcome.headline(), "ok");
            assert_eq!(elsewhere.connections(), 0, "the referral was followed");
        }
    }
}

#[tokio::test]
async fn a_referral_in_the_answer_to_a_command_is_not_followed() {
    let elsewhere = elsewhere().await;
    for url in urls(&elsewhere) {
        for at in ["STARTTLS", "AUTHENTICATE", "EXAMINE"] {
            for status in ["NO", "OK"] {
                let answer = format!("{status} [REFERRAL {url}] over there");
                let peer = Peer::once(move |wire: Wire| refer(wire, at, answer.clone())).await;
                Check::imap(&peer).run().await;
                assert_eq!(elsewhere.connections(), 0, "the referral was followed");
            }
        }
    }
}

async fn refer(mut wire: Wire, at: &str, answer: String) -> std::io::Result<()> {
    wire.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n").await?;
    let tag = wire.tag().await?;
    if at == "STARTTLS" {
        wire.say(format!("{tag} {answer}\r\n")).await?;
    } else {
        wire.say(format!("{tag} OK begin\r\n")).await?;
    }
    let mut wire = wire.encrypt().await?;
    loop {
        let line = wire.hear().await?;
        let tag = line.split(' ').next().unwrap_or_default();
        let text = if line.contains(at) { answer.as_str() } else { "OK done" };
        wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} {text}\r\n")).await?;
    }
}

#[tokio::test]
async fn an_smtp_server_that_names_another_one_is_not_left_for_it() {
    let elsewhere = elsewhere().await;
    let address = elsewhere.address();
    for code in [421, 551, 554] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
            wire.hear().await?;
            wire.say("250-peer\r\n250 AUTH PLAIN\r\n").await?;
            wire.hear().await?;
            wire.say(format!("{code} 5.7.1 please use smtp://{address}/\r\n")).await?;
            wire.listen().await
        })
        .await;
        Check::smtp(&peer).run().await;
        assert_eq!(elsewhere.connections(), 0);
    }
}
