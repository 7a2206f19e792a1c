//! Servers that make people wait: silence at each step, and a byte every five seconds. The clock of these tests moves
//! only when the script moves it.

use std::time::Duration;

use error_model::{Lane, Step, evidence::Observation};
use rcgen::SanType;
use tests::hostile::{Check, Clock, Identity, Outcome, Peer, Server, Wire};

/// More than any step may take, and less than the run may: who ends by then was ended by the step's own limit.
const STEP: Duration = Duration::from_secs(40);

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
        assert!(outcome.took < STEP, "{:?}", outcome.took);
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
        assert!(outcome.took < STEP, "{:?}", outcome.took);
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
        assert!(outcome.took < STEP, "{:?}", outcome.took);
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
        assert!(outcome.took < STEP, "{:?} at {at}", outcome.took);
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
        assert!(outcome.took < STEP, "{:?}", outcome.took);
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
    assert!(outcome.took < STEP);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_just_in_time_at_each_step_does_not_hold_the_run() {
    let _clock = Clock::hold();
    let peer = Peer::once(|mut wire: Wire| async move {
        wire.say_late(18, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n").await?;
        let tag = wire.tag().await?;
        wire.say_late(13, &format!("{tag} OK begin\r\n")).await?;
        let mut wire = wire.encrypt().await?;
        for seconds in [13, 22, 13, 13, 13] {
            let tag = wire.tag().await?;
            let answer = format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n");
            wire.say_late(seconds, &answer).await?;
        }
        wire.listen().await
    })
    .await;
    let outcome = Check::imap(&peer).run().await;
    assert_eq!(timed_out(&outcome), Some(Step::SignIn), "{}", outcome.seen());
    // The run may take a minute.
    assert!(outcome.took < Duration::from_secs(62), "{:?}", outcome.took);
}

#[tokio::test(start_paused = true)]
async fn names_of_a_certificate_that_nobody_answers_for_are_asked_for_at_the_same_time() {
    let _clock = Clock::hold();
    let identity = |address| {
        let root = Identity::authority("Root", None);
        let name = |n: usize| SanType::DnsName(format!("n{n}.example.net").try_into().expect("it's ASCII"));
        let mut params = Identity::params(address);
        params.subject_alt_names = (0..20).map(name).collect();
        Identity::issued(params, &root, &root, &[])
    };
    let peer =
        Peer::once_as(identity, |wire: Wire| async move { wire.encrypt().await?.listen().await }).await;
    let outcome = Check::imap(&peer).tls().without_names().run().await;
    outcome.is("006 address-instead-of-name proven");
    let resolved = outcome.evidence.observations.iter();
    let resolved = resolved.filter(|o| matches!(o.observation, Observation::CertificateName { .. })).count();
    assert_eq!(resolved, 6);
    // One question may take six seconds.
    assert!(outcome.took < Duration::from_secs(8), "{:?}", outcome.took);
}
