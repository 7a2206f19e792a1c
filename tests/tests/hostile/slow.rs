//! Servers that make people wait: silence at each step, and a byte every five seconds. The clock of these tests moves
//! only when the script moves it.

use std::time::Duration;

use error_model::{Lane, Step, evidence::Observation};
use tests::hostile::{Check, Clock, Outcome, Peer, Server, Wire};

/// The whole run, with its follow-ups.
const RUN: Duration = Duration::from_secs(60);

fn timed_out(outcome: &Outcome) -> Option<Step> {
    outcome.find(|o| match o {
        Observation::TimedOut { step, .. } => Some(*step),
        _ => None,
    })
}

#[tokio::test(start_paused = true)]
async fn a_greeting_that_drips_is_not_waited_for() {
    let _clock = Clock::hold();
    for (lane, greeting) in [
        (Lane::Imap, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
        (Lane::Smtp, "220 peer ready\r\n"),
        (Lane::Smtp, "220-peer\r\n220-still\r\n220 ready\r\n"),
    ] {
        let peer = Peer::once(move |mut wire: Wire| async move {
            wire.drip(greeting).await?;
            wire.listen().await
        })
        .await;
        let outcome = Check::of(lane, &peer).run().await;
        outcome.is("002 server-silent proven");
        assert!(outcome.took <= RUN, "{:?}", outcome.took);
    }
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_drips_is_not_waited_for_whatever_the_step() {
    let _clock = Clock::hold();
    for at in 0..4 {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::imap_upgraded(wire, "").await?;
            for command in 0.. {
                let tag = wire.tag().await?;
                let answer = format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n");
                if command == at {
                    wire.drip(&answer).await?;
                    return wire.listen().await;
                }
                wire.say(answer).await?;
            }
            Ok(())
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        // Commands: CAPABILITY, AUTHENTICATE, and NAMESPACE, EXAMINE, LOGOUT on their way together.
        let step = [Step::Capabilities, Step::SignIn, Step::Mailbox, Step::Mailbox].get(at).copied();
        assert_eq!(timed_out(&outcome), step, "{}", outcome.seen());
        assert!(outcome.took <= RUN, "{:?}", outcome.took);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_of_smtp_that_drips_is_not_waited_for_whatever_the_step() {
    let _clock = Clock::hold();
    for (at, step) in [(0, Step::Capabilities), (1, Step::SignIn), (2, Step::Mailbox)] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
            for command in 0.. {
                let line = wire.hear().await?;
                let ehlo = line.starts_with("EHLO");
                let answer = if ehlo { "250-peer\r\n250 AUTH PLAIN\r\n" } else { "235 2.7.0 fine\r\n" };
                if command == at {
                    wire.drip(answer).await?;
                    return wire.listen().await;
                }
                wire.say(answer).await?;
            }
            Ok(())
        })
        .await;
        let outcome = Check::smtp(&peer).run().await;
        assert_eq!(timed_out(&outcome), Some(step), "{}", outcome.seen());
        assert!(outcome.took <= RUN, "{:?}", outcome.took);
    }
}

#[tokio::test(start_paused = true)]
async fn untagged_responses_that_drip_do_not_put_off_the_limit_of_a_command() {
    let _clock = Clock::hold();
    for at in [0, 1, 2] {
        let peer = Peer::once(move |wire: Wire| async move {
            let mut wire = Server::imap_upgraded(wire, "").await?;
            for command in 0.. {
                let tag = wire.tag().await?;
                if command == at {
                    return wire.drip_on("* 1 EXISTS\r\n").await;
                }
                wire.say(format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n")).await?;
            }
            Ok(())
        })
        .await;
        let outcome = Check::imap(&peer).run().await;
        assert!(timed_out(&outcome).is_some(), "{}", outcome.seen());
        // Less than the whole run: the command's own limit ended it.
        assert!(outcome.took < Duration::from_secs(40), "{:?} at {at}", outcome.took);
    }
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_drips_is_not_waited_for() {
    let _clock = Clock::hold();
    let peer = Peer::once(|mut wire: Wire| async move {
        wire.skip(1).await?;
        // The header of a handshake record of 16 KiB, and then its bytes.
        wire.say([0x16, 3, 3, 0x40, 0]).await?;
        wire.drip_on("\x02").await
    })
    .await;
    for check in [Check::imap(&peer).tls(), Check::smtp(&peer).tls()] {
        let outcome = check.run().await;
        assert!(outcome.took <= RUN, "{:?}", outcome.took);
        assert!(outcome.headline().starts_with("00"), "{}", outcome.headline());
    }
    // The second check met a closed door: the first is the one that dripped.
    assert!(peer.connections() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_is_never_answered_ends_too() {
    let _clock = Clock::hold();
    let peer = Peer::once(|wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        let tag = wire.tag().await?;
        wire.say(format!("* CAPABILITY IMAP4rev1 AUTH=LOGIN\r\n{tag} OK done\r\n")).await?;
        wire.hear().await?;
        wire.outwait().await
    })
    .await;
    let outcome = Check::imap(&peer).run().await;
    assert_eq!(timed_out(&outcome), Some(Step::SignIn));
    assert!(outcome.took <= RUN);
}
