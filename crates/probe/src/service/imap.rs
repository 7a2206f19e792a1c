//! IMAP (RFC 9051, RFC 3501) for the pipeline.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    time::Duration,
};

use error_model::{
    ServerText,
    evidence::{GreetingOutcome, Observation, Reply, ReplyStatus},
};
use protocol::{
    imap::{Command, CommandKind, Completed, Dialogue, Event, GreetingKind, Status},
    sasl::{Challenge, Credentials},
};

use super::{
    Greeted, NoMechanism, Offer, Service, SignedIn, reading,
    reply::{imap_reply, imap_status, no_greeting, token},
};
use crate::{
    dialogue::{Broken, Conversation},
    limits,
    record::Pen,
};

/// Receiving.
pub(crate) struct Imap;

impl Service for Imap {
    type Dialogue = Dialogue;

    fn dialogue() -> Dialogue {
        // Unpredictable tags keep a third party from answering in the server's place; std seeds each RandomState anew.
        let random = RandomState::new().build_hasher().finish();
        Dialogue::new(&format!("m{:06x}", random & 0xff_ffff))
    }

    async fn greeting(c: &mut Conversation<Dialogue>, limit: Duration) -> Greeted {
        let picked = c.until(limit, |event| match event {
            Event::Greeting(greeting) => Some(greeting),
            _ => None,
        });
        match picked.await {
            Ok(greeting) => {
                let (outcome, status) = match greeting.kind {
                    GreetingKind::Ok => (GreetingOutcome::Ready, ReplyStatus::Ok),
                    GreetingKind::Preauth => (GreetingOutcome::PreAuth, ReplyStatus::PreAuth),
                    GreetingKind::Bye => (GreetingOutcome::Refused, ReplyStatus::Bye),
                };
                Greeted::reply(outcome, imap_reply(status, greeting.code.as_ref(), &greeting.text))
            }
            Err(broken) => no_greeting(broken),
        }
    }

    async fn offer(c: &mut Conversation<Dialogue>) -> Result<Offer, Broken> {
        // Capabilities in the greeting's code follow it as an event of their own.
        while let Some(event) = protocol_event(c) {
            if let Event::Bye { .. } = event {
                return Err(Broken::Closed);
            }
        }
        if c.dialogue.capabilities().is_none() {
            c.send([Command::Capability]).await?;
            completed(c, CommandKind::Capability, limits::COMMAND).await?;
        }
        let Some(capabilities) = c.dialogue.capabilities() else { return Ok(Offer::default()) };
        Ok(Offer {
            tokens: capabilities.names().map(token).collect(),
            mechanisms: capabilities.auth_mechanisms().map(token).collect(),
            starttls: capabilities.starttls(),
            login_disabled: capabilities.login_disabled(),
        })
    }

    async fn starttls(c: &mut Conversation<Dialogue>) -> Result<Reply, Broken> {
        c.send([Command::StartTls]).await?;
        let done = completed(c, CommandKind::StartTls, limits::COMMAND).await?;
        Ok(reply(&done))
    }

    fn sign_in_command(c: &Conversation<Dialogue>, credentials: Credentials) -> Result<Command, NoMechanism> {
        let none = protocol::imap::Capabilities::default();
        Command::sign_in(credentials, c.dialogue.capabilities().unwrap_or(&none)).map_err(|_| NoMechanism)
    }

    async fn sign_in(c: &mut Conversation<Dialogue>, command: Command) -> Result<SignedIn, Broken> {
        let kind = command.kind();
        let mechanism = match kind {
            CommandKind::Authenticate(mechanism) => mechanism.to_string(),
            _ => "LOGIN command".to_owned(),
        };
        c.send([command]).await?;
        let mut challenge = ServerText::default();
        let mut said = None;
        let ended = c
            .until(limits::SIGN_IN, |event| match event {
                Event::Challenge(Challenge::OAuthError(error)) => {
                    challenge = ServerText::new(&error);
                    None
                }
                Event::Completed(done) if done.command == kind => Some(reply(&done)),
                Event::Bye { code, text } => Some(imap_reply(ReplyStatus::Bye, code.as_ref(), &text)),
                Event::Notice { status: status @ (Status::No | Status::Bad), code, text } => {
                    said = Some(imap_reply(imap_status(status), code.as_ref(), &text));
                    None
                }
                _ => None,
            })
            .await;
        // nginx answers `* BAD internal server error`, without our tag, and hangs up: its words are the refusal.
        let done = match (ended, said) {
            (Err(Broken::Closed | Broken::Reset), Some(said)) => said,
            (ended, _) => ended?,
        };
        Ok(SignedIn { mechanism, accepted: done.status == ReplyStatus::Ok, reply: done, challenge })
    }

    async fn mailbox(
        c: &mut Conversation<Dialogue>,
        _sender: Option<&str>,
        stays: bool,
    ) -> Result<Option<Observation>, Broken> {
        // None of these depends on another's answer: one round trip for all. STATUS asks about a mailbox that isn't open
        // yet (RFC 9051 §6.3.11), so it comes before EXAMINE.
        let tells_size = c.dialogue.capabilities().is_some_and(|offered| offered.has("STATUS=SIZE"));
        let status = tells_size.then_some(Command::Status { size: true });
        let before = [Command::Namespace].into_iter().chain(status);
        let goodbye = (!stays).then_some(Command::Logout);
        c.send(before.chain([Command::Examine]).chain(goodbye)).await?;
        let (mut messages, mut size) = (None, None);
        let (opened, reply) = c
            .until(limits::COMMAND, |event| match event {
                Event::Exists(n) => {
                    messages = Some(n);
                    None
                }
                Event::Status(status) => {
                    size = status.get("SIZE");
                    None
                }
                Event::Completed(done) if done.command == CommandKind::Examine => {
                    Some((done.status == Status::Ok, reply(&done)))
                }
                // The answer to LOGOUT begins with BYE; before EXAMINE is answered it's the server giving up.
                Event::Bye { code, text } => {
                    Some((false, imap_reply(ReplyStatus::Bye, code.as_ref(), &text)))
                }
                _ => None,
            })
            .await?;
        let (messages, size) = (messages.filter(|_| opened), size.filter(|_| opened));
        Ok(Some(Observation::Mailbox { opened, reply, messages, size }))
    }

    async fn read(c: &mut Conversation<Dialogue>, opened: &Observation, pen: &Pen) {
        if let Observation::Mailbox { opened: true, messages: Some(messages @ 1..), size, .. } = opened {
            reading::read(c, *messages, *size, limits::READING, pen).await;
        }
    }

    async fn goodbye(c: &mut Conversation<Dialogue>) {
        let _the_connection_ends_anyway = c.send([Command::Logout]).await;
    }
}

fn protocol_event(c: &mut Conversation<Dialogue>) -> Option<Event> {
    c.dialogue.poll()
}

fn reply(done: &Completed) -> Reply {
    imap_reply(imap_status(done.status), done.code.as_ref(), &done.text)
}

async fn completed(
    c: &mut Conversation<Dialogue>,
    kind: CommandKind,
    limit: Duration,
) -> Result<Completed, Broken> {
    c.until(limit, |event| match event {
        Event::Completed(done) if done.command == kind => Some(Ok(done)),
        Event::Bye { .. } => Some(Err(Broken::Closed)),
        _ => None,
    })
    .await?
}

#[cfg(test)]
mod tests {
    use error_model::Lane;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    use super::*;
    use crate::stream::{Stream, Tap};

    /// What becomes of a sign-in at a server that says this, once asked, and hangs up.
    async fn sign_in_at(says: &'static [u8]) -> Result<SignedIn, Broken> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        #[expect(clippy::disallowed_methods, reason = "a peer of this very test")]
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        let play = async move {
            server.write_all(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n").await.unwrap();
            let _the_command = server.read(&mut [0; 512]).await.unwrap();
            server.write_all(says).await.unwrap();
        };
        let talk = async {
            let mut c =
                Conversation::new(Imap::dialogue(), Stream::Clear(Tap::new(client)), Pen::muted(Lane::Imap));
            Imap::greeting(&mut c, limits::GREETING).await;
            Imap::offer(&mut c).await.unwrap();
            let credentials = Credentials::password("user", "secret".into()).unwrap();
            let command = Imap::sign_in_command(&c, credentials).ok().unwrap();
            Imap::sign_in(&mut c, command).await
        };
        futures::join!(play, talk).1
    }

    #[tokio::test]
    async fn a_server_that_refuses_without_our_tag_and_hangs_up_has_refused() {
        let signed_in = sign_in_at(b"* BAD internal server error\r\n").await.unwrap();
        assert!(!signed_in.accepted);
        assert_eq!(signed_in.reply.status, ReplyStatus::Bad);
        assert_eq!(signed_in.reply.text.bytes(), b"internal server error");
    }

    #[tokio::test]
    async fn a_server_that_hangs_up_without_a_word_has_only_hung_up() {
        assert!(matches!(sign_in_at(b"").await, Err(Broken::Closed)));
    }

    #[tokio::test]
    async fn a_server_that_says_why_it_leaves_is_heard_though_we_were_still_talking() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        #[expect(clippy::disallowed_methods, reason = "a peer of this very test")]
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        server.write_all(b"* PREAUTH ready\r\n* BYE Maintenance until noon\r\n").await.unwrap();
        drop(server);
        let mut c =
            Conversation::new(Imap::dialogue(), Stream::Clear(Tap::new(client)), Pen::muted(Lane::Imap));
        Imap::greeting(&mut c, limits::GREETING).await;
        let seen = Imap::mailbox(&mut c, None, false).await.unwrap();
        let Some(Observation::Mailbox { opened: false, reply, .. }) = seen else { panic!("{seen:?}") };
        assert_eq!(reply.text.bytes(), b"Maintenance until noon");
    }
}
