//! States that a server claims out of turn: signed in already, sign-in disabled or enabled, capabilities and mechanisms
//! that change on the way into TLS.

use error_model::evidence::{Observation, SignInSkip};
use tests::hostile::{Check, Identity, Outcome, PASSWORD, Peer, Server, Wire};

fn skipped(outcome: &Outcome) -> Option<SignInSkip> {
    outcome.find(|o| match o {
        Observation::SignInSkipped { reason } => Some(*reason),
        _ => None,
    })
}

fn mechanism(outcome: &Outcome) -> Option<String> {
    outcome.find(|o| match o {
        Observation::SignIn { mechanism, .. } => Some(mechanism.clone()),
        _ => None,
    })
}

/// IMAP in order, offering this in clear and that inside TLS.
async fn imap(in_clear: &'static str, inside: &'static str) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, in_clear).await?;
        Server::imap_to_the_end(&mut wire, inside).await
    })
    .await
}

async fn smtp(in_clear: &'static str, inside: &'static str) -> Peer {
    Peer::once(move |wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, in_clear).await?;
        Server::smtp_to_the_end(&mut wire, inside).await
    })
    .await
}

fn heard_inside(peer: &Peer) -> String {
    String::from_utf8_lossy(&peer.heard()[0].inside).into_owned()
}

#[tokio::test]
async fn both_services_in_order_sign_in_inside_tls_and_nowhere_else() {
    let imap = imap("", "AUTH=PLAIN SASL-IR").await;
    let outcome = Check::imap(&imap).run().await;
    outcome.is("ok");
    assert_eq!(mechanism(&outcome).as_deref(), Some("PLAIN"));
    assert!(heard_inside(&imap).contains("AUTHENTICATE PLAIN AGFubmE"), "{}", heard_inside(&imap));
    let smtp = smtp("SIZE", "AUTH PLAIN").await;
    let outcome = Check::smtp(&smtp).run().await;
    outcome.is("ok");
    assert!(heard_inside(&smtp).contains("AUTH PLAIN AGFubmE"), "{}", heard_inside(&smtp));
}

#[tokio::test]
async fn a_server_that_says_the_sign_in_is_done_before_tls_is_left_alone() {
    for greeting in [
        "* PREAUTH welcome back\r\n",
        "* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome back\r\n",
        "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome back\r\n",
    ] {
        let peer = Peer::start(move |mut wire: Wire| async move {
            wire.say(greeting).await?;
            loop {
                let tag = wire.tag().await?;
                wire.say(format!("* 1 EXISTS\r\n{tag} OK done\r\n")).await?;
            }
        })
        .await;
        for check in [Check::imap(&peer), Check::imap(&peer).plain()] {
            let outcome = check.run().await;
            outcome.is("003 unexplained possible");
            assert_eq!(mechanism(&outcome), None);
            // Nothing is asked of such a server, no mailbox is opened in clear: what comes are follow-ups' TLS hellos.
            let asked =
                peer.heard().into_iter().find(|heard| !matches!(heard.wire.first(), None | Some(0x16)));
            assert!(asked.is_none(), "{asked:?}");
        }
    }
}

#[tokio::test]
async fn inside_tls_the_sign_in_is_not_done_either() {
    let peer = Peer::once(|wire: Wire| async move {
        let mut wire = wire.encrypt().await?;
        wire.say("* PREAUTH welcome back\r\n").await?;
        wire.listen().await
    })
    .await;
    let outcome = Check::imap(&peer).tls().run().await;
    outcome.is("003 unexplained possible");
    assert_eq!(heard_inside(&peer), "");
}

#[tokio::test]
async fn only_what_is_offered_inside_tls_counts() {
    // Disabled in clear, as it should be; enabled inside.
    let outcome = Check::imap(&imap("LOGINDISABLED", "AUTH=PLAIN").await).run().await;
    outcome.is("ok");
    // Enabled in clear, to lure; disabled inside.
    let lure = imap("AUTH=PLAIN SASL-IR", "LOGINDISABLED").await;
    let outcome = Check::imap(&lure).run().await;
    outcome.is("009 no-common-mechanism proven");
    assert_eq!(skipped(&outcome), Some(SignInSkip::NoMechanism));
    assert!(!heard_inside(&lure).contains("LOGIN"));
    let outcome = Check::smtp(&smtp("AUTH PLAIN LOGIN", "SIZE").await).run().await;
    assert_eq!(skipped(&outcome), Some(SignInSkip::NoMechanism));
}

#[tokio::test]
async fn disabled_sign_in_inside_tls_stays_disabled() {
    for offer in ["LOGINDISABLED", "LOGINDISABLED AUTH=GSSAPI AUTH=NTLM AUTH=SCRAM-SHA-256", "logindisabled"]
    {
        let peer = imap("", offer).await;
        let outcome = Check::imap(&peer).run().await;
        outcome.is("009 no-common-mechanism proven");
        assert!(!heard_inside(&peer).contains(PASSWORD));
    }
}

#[tokio::test]
async fn mechanisms_that_only_resemble_ours_are_not_ours() {
    let unknown = "LOGINDISABLED AUTH=PLAINER AUTH=XPLAIN AUTH=PLAIN-CLIENTTOKEN AUTH= =PLAIN AUTH=CRAM-MD5";
    let outcome = Check::imap(&imap("", unknown).await).run().await;
    outcome.is("009 no-common-mechanism proven");
    let outcome = Check::smtp(&smtp("SIZE", "AUTH PLAINER XPLAIN CRAM-MD5 ANONYMOUS").await).run().await;
    outcome.is("009 no-common-mechanism proven");
    // A token never goes where only passwords are taken, nor a password where only tokens are.
    let outcome = Check::imap(&imap("", "AUTH=PLAIN AUTH=LOGIN").await).token().run().await;
    outcome.is("009 no-common-mechanism proven");
    let outcome = Check::smtp(&smtp("SIZE", "AUTH XOAUTH2 OAUTHBEARER").await).run().await;
    outcome.is("009 no-common-mechanism proven");
}

#[tokio::test]
async fn a_server_whose_certificate_is_not_clean_hears_nothing_inside_tls() {
    let expired = |address| {
        let root = Identity::authority("Root", None);
        let mut params = Identity::params(address);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
        Identity::issued(params, &root, &root, &[])
    };
    let imap = Peer::once_as(expired, |wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "AUTH=PLAIN SASL-IR").await?;
        Server::imap_to_the_end(&mut wire, "AUTH=PLAIN SASL-IR").await
    })
    .await;
    let smtp = Peer::once_as(expired, |wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, "AUTH PLAIN").await?;
        Server::smtp_to_the_end(&mut wire, "AUTH PLAIN").await
    })
    .await;
    for (peer, check) in [(&imap, Check::imap(&imap)), (&smtp, Check::smtp(&smtp))] {
        let outcome = check.run().await;
        outcome.is("005 expired proven");
        assert_eq!(skipped(&outcome), Some(SignInSkip::CertificateNotClean));
        assert_eq!(heard_inside(peer), "");
    }
}

#[tokio::test]
async fn a_refused_mechanism_is_never_followed_by_another() {
    let imap = Peer::once(|wire: Wire| async move {
        let mut wire = Server::imap_upgraded(wire, "").await?;
        loop {
            let line = wire.hear().await?;
            let tag = line.split(' ').next().unwrap_or_default();
            wire.say(match line.contains("CAPABILITY") {
                true => format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN\r\n{tag} OK done\r\n"),
                false => format!("{tag} BAD try another mechanism\r\n"),
            })
            .await?;
        }
    })
    .await;
    Check::imap(&imap).run().await;
    let heard = heard_inside(&imap);
    assert_eq!(heard.matches("AUTHENTICATE").count() + heard.matches(" LOGIN ").count(), 1, "{heard}");
    let smtp = Peer::once(|wire: Wire| async move {
        let mut wire = Server::smtp_upgraded(wire, "SIZE").await?;
        loop {
            let ehlo = wire.hear().await?.starts_with("EHLO");
            wire.say(if ehlo { "250-peer\r\n250 AUTH PLAIN LOGIN\r\n" } else { "504 5.5.4 another one\r\n" })
                .await?;
        }
    })
    .await;
    Check::smtp(&smtp).run().await;
    assert_eq!(heard_inside(&smtp).matches("AUTH").count(), 1, "{}", heard_inside(&smtp));
}
