//! Servers that never stop, or announce more than anybody has room for. Each run must end at a limit of size, at once:
//! waiting for a limit of time would be a run of many seconds.

use std::time::Duration;

use error_model::{Lane, evidence::Observation};
use tests::hostile::{Check, Outcome, Peer, Server, Wire};

/// Nothing here waits for a clock.
const AT_ONCE: Duration = Duration::from_secs(12);

fn ended_at_once(outcome: &Outcome, what: &str) {
    assert!(outcome.took < AT_ONCE, "{what} held the run for {:?}", outcome.took);
}

/// Plays `flood` as the first words.
async fn from_the_start(flood: &'static str) -> Peer {
    Peer::once(move |mut wire: Wire| async move { wire.flood(flood.repeat(64)).await }).await
}

/// The `at`th command of IMAP inside TLS is answered by a flood.
async fn imap_at(at: usize, flood: &'static str) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        for command in 0.. {
            let tag = wire.tag().await?;
            if command == at {
                return wire.flood(flood.repeat(64)).await;
            }
            wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n")).await?;
        }
        Ok(())
    })
    .await
}

/// The `at`th command of SMTP inside TLS is answered by a flood.
async fn smtp_at(at: usize, flood: &'static str) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
        for command in 0.. {
            let line = wire.hear().await?;
            if command == at {
                return wire.flood(flood.repeat(64)).await;
            }
            let ehlo = line.starts_with("EHLO");
            wire.say(if ehlo { "250-peer\r\n250 AUTH PLAIN\r\n" } else { "235 fine\r\n" }).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn endless_first_words_end_at_a_limit_of_size() {
    for flood in
        ["x", "\r\n", "* OK", "{", "\0", "220-hello\r\n", "250-more\r\n", "* \r\n", "+ \r\n", "\u{fffd}"]
    {
        for lane in Lane::ALL {
            let peer = from_the_start(flood).await;
            let outcome = Check::of(lane, &peer).run().await;
            ended_at_once(&outcome, flood);
            assert_ne!(outcome.headline(), "ok");
        }
    }
}

#[tokio::test]
async fn an_endless_line_in_clear_or_inside_tls_is_a_reply_that_nobody_can_read() {
    for flood in ["x", "* OK", "* CAPABILITY ", "250-"] {
        for at in [0, 1] {
            let outcome = Check::imap(&imap_at(at, flood).await).run().await;
            outcome.is("003 unrecognised-reply proven");
            ended_at_once(&outcome, flood);
            let outcome = Check::smtp(&smtp_at(at, flood).await).run().await;
            outcome.is("003 unrecognised-reply proven");
            ended_at_once(&outcome, flood);
        }
    }
}

#[tokio::test]
async fn endless_untagged_responses_of_imap_end_at_a_limit_of_size() {
    for flood in [
        "* OK still here\r\n",
        "* 1 EXISTS\r\n",
        "* CAPABILITY IMAP4rev1\r\n",
        "* X\r\n",
        "* LIST () \"/\" {5}\r\nINBOX\r\n",
        "\r\n",
    ] {
        // CAPABILITY, AUTHENTICATE, and the mailbox.
        for at in [0, 1, 2] {
            let outcome = Check::imap(&imap_at(at, flood).await).run().await;
            outcome.is("003 unrecognised-reply proven");
            ended_at_once(&outcome, flood);
        }
    }
}

#[tokio::test]
async fn an_endless_reply_of_smtp_ends_at_a_limit_of_size() {
    for flood in ["250-MORE\r\n", "250-\r\n", "235-wait\r\n", "\r\n"] {
        for at in [0, 1, 2] {
            let outcome = Check::smtp(&smtp_at(at, flood).await).run().await;
            outcome.is("003 unrecognised-reply proven");
            ended_at_once(&outcome, flood);
        }
    }
}

#[tokio::test]
async fn endless_challenges_end_and_the_secret_is_not_said_again_and_again() {
    for (lane, challenge, forever) in [
        (Lane::Imap, "+ \r\n", true),
        (Lane::Imap, "+ VXNlcm5hbWU6\r\n", true),
        (Lane::Imap, "+ \r\n", false),
        (Lane::Smtp, "334 \r\n", true),
        (Lane::Smtp, "334 UGFzc3dvcmQ6\r\n", true),
        (Lane::Smtp, "334 \r\n", false),
    ] {
        let imap = lane == Lane::Imap;
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = if imap {
                Server::imap_upgraded(wire, "").await?
            } else {
                Server::smtp_upgraded(wire, "SIZE").await?
            };
            let tag = wire.tag().await?;
            let offer = format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n");
            wire.say(if imap { &offer } else { "250-peer\r\n250 AUTH PLAIN LOGIN\r\n" }).await?;
            wire.hear().await?;
            if forever {
                return wire.flood(challenge).await;
            }
            // One at a time: each answer is awaited.
            loop {
                wire.say(challenge).await?;
                wire.hear().await?;
            }
        })
        .await;
        let outcome = Check::of(lane, &peer).run().await;
        outcome.is("003 unrecognised-reply proven");
        ended_at_once(&outcome, challenge);
        let heard = String::from_utf8_lossy(&peer.heard()[0].inside).into_owned();
        // The two commands, and no more than eight answers.
        assert!(heard.lines().count() <= 2 + 8, "{heard}");
        // With the command, and once more for a server that overlooked it there.
        assert!((1..=2).contains(&heard.matches("AGFubmEu").count()), "{heard}");
    }
}

#[tokio::test]
async fn a_literal_is_refused_when_it_is_announced() {
    for announcement in [
        "* ID (\"name\" {4294967295}\r\n",
        "* ID (\"name\" {65537}\r\n",
        "* ID (\"name\" {99999999999999999999999999}\r\n",
        "* ID (\"name\" {18446744073709551615+}\r\n",
        "* STATUS {65536}\r\n",
    ] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::imap_upgraded(wire, "").await?;
            wire.hear().await?;
            wire.say(announcement).await?;
            wire.listen().await
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is("003 unrecognised-reply proven");
        ended_at_once(&outcome, announcement);
    }
}

#[tokio::test]
async fn more_than_64_kib_in_literals_or_capabilities_is_too_much() {
    let names = |from: usize, to: usize| (from..to).map(|n| format!(" X{n}")).collect::<String>();
    let literals: String = (0..7).map(|_| format!(" {{10000}}\r\n{}", "x".repeat(10_000))).collect();
    for answer in [
        format!("* CAPABILITY IMAP4rev1{}\r\n", names(0, 100_000)),
        (0..1_000).map(|n| format!("* CAPABILITY{}\r\n", names(n * 100, n * 100 + 100))).collect(),
        format!("* ID ({literals})\r\n"),
    ] {
        let peer = Peer::once(move |wire: Wire| {
            let answer = answer.clone();
            async move {
                let mut wire = Server::imap_upgraded(wire, "").await?;
                wire.hear().await?;
                wire.say(answer).await?;
                wire.listen().await
            }
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is("003 unrecognised-reply proven");
    }
    let peer = Peer::once(move |wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
        wire.hear().await?;
        wire.say((0..100_000).map(|n| format!("250-X{n}\r\n")).collect::<String>()).await?;
        wire.say("250 AUTH PLAIN\r\n").await?;
        wire.listen().await
    })
    .await;
    Check::smtp(&peer).run().await.is("003 unrecognised-reply proven");
}

#[tokio::test]
async fn a_line_over_8_kib_is_too_long_where_the_reply_as_a_whole_is_not() {
    let names: String = (0..2_000).map(|n| format!(" X{n}")).collect();
    for lane in Lane::ALL {
        let names = names.clone();
        let peer = Peer::once(move |wire: Wire| {
            let names = names.clone();
            async move {
                let (mut wire, line) = if lane == Lane::Imap {
                    (Server::imap_upgraded(wire, "").await?, format!("* CAPABILITY IMAP4rev1{names}\r\n"))
                } else {
                    (Server::smtp_upgraded(wire, "SIZE").await?, format!("250-AUTH PLAIN{names}\r\n"))
                };
                wire.hear().await?;
                wire.say(line).await?;
                wire.listen().await
            }
        })
        .await;
        let outcome = Check::of(lane, &peer).run().await;
        outcome.is("003 unrecognised-reply proven");
        ended_at_once(&outcome, "a long line");
    }
}

#[tokio::test]
async fn replies_just_below_every_limit_fill_neither_memory_nor_transcript() {
    // 60 KiB of the shortest responses before each answer, as often as there is a question.
    let padding = "* X\r\n".repeat(12_000);
    let peer = Peer::once(move |mut wire: Wire| {
        let padding = padding.clone();
        async move {
            wire.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n").await?;
            let tag = wire.tag().await?;
            wire.say(format!("{padding}{tag} OK begin\r\n")).await?;
            let mut wire = wire.encrypt().await?;
            loop {
                let tag = wire.tag().await?;
                let offer = "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n";
                wire.say(format!("{padding}{offer}{tag} OK done\r\n")).await?;
            }
        }
    })
    .await;
    let outcome = Check::imap(&peer).run().await;
    let lines = outcome.evidence.observations.iter();
    let lines = lines.filter(|o| matches!(o.observation, Observation::Transcript(_))).count();
    assert!(lines <= 1_000, "{lines} lines were kept");
    outcome.is("ok");
}
