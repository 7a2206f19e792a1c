//! SMTP submission (RFC 5321, RFC 6409) for the pipeline.

use std::time::Duration;

use error_model::{
    ServerText,
    evidence::{GreetingOutcome, Observation, Reply, ReplyStatus},
};
use protocol::{
    sasl::{Challenge, Credentials},
    smtp::{self, ClientName, Command, CommandKind, Dialogue, Event, Sender},
};

use super::{
    Greeted, NoMechanism, Offer, Service, SignedIn,
    reply::{no_greeting, smtp_reply, token},
};
use crate::{
    dialogue::{Broken, Conversation},
    limits,
};

/// Sending.
pub(crate) struct Smtp;

impl Service for Smtp {
    type Dialogue = Dialogue;

    fn dialogue() -> Dialogue {
        Dialogue::new()
    }

    async fn greeting(c: &mut Conversation<Dialogue>, limit: Duration) -> Greeted {
        let picked = c.until(limit, |event| match event {
            Event::Greeting(reply) => Some(reply),
            _ => None,
        });
        match picked.await {
            Ok(reply) => {
                let outcome =
                    if reply.code == 220 { GreetingOutcome::Ready } else { GreetingOutcome::Refused };
                Greeted::reply(outcome, smtp_reply(&reply))
            }
            Err(broken) => no_greeting(broken),
        }
    }

    async fn offer(c: &mut Conversation<Dialogue>) -> Result<Offer, Broken> {
        let name = client_name(c);
        c.send([Command::Ehlo(name.clone())]).await?;
        let answer = completed(c, CommandKind::Ehlo, limits::COMMAND).await?;
        if answer.calls_for_helo() {
            c.send([Command::Helo(name)]).await?;
            completed(c, CommandKind::Helo, limits::COMMAND).await?;
        }
        let Some(capabilities) = c.dialogue.capabilities() else { return Ok(Offer::default()) };
        Ok(Offer {
            tokens: capabilities.keywords.iter().map(|k| token(&k.name)).collect(),
            mechanisms: capabilities.auth_mechanisms.iter().map(|m| token(m)).collect(),
            starttls: capabilities.starttls(),
            login_disabled: false,
        })
    }

    async fn starttls(c: &mut Conversation<Dialogue>) -> Result<Reply, Broken> {
        c.send([Command::StartTls]).await?;
        let reply = smtp_reply(&completed(c, CommandKind::StartTls, limits::COMMAND).await?);
        // Only 220 says yes (RFC 3207 §4); whatever else sounds like it is no answer to this question.
        let misled = reply.status == ReplyStatus::Ok && reply.code != Some(220);
        Ok(if misled { Reply { status: ReplyStatus::No, ..reply } } else { reply })
    }

    fn sign_in_command(c: &Conversation<Dialogue>, credentials: Credentials) -> Result<Command, NoMechanism> {
        let none = smtp::Capabilities::default();
        Command::sign_in(credentials, c.dialogue.capabilities().unwrap_or(&none)).map_err(|_| NoMechanism)
    }

    async fn sign_in(c: &mut Conversation<Dialogue>, command: Command) -> Result<SignedIn, Broken> {
        let kind = command.kind();
        let mechanism = match kind {
            CommandKind::Auth(mechanism) => mechanism.to_string(),
            _ => String::new(),
        };
        c.send([command]).await?;
        let mut challenge = ServerText::default();
        let reply = c
            .until(limits::SIGN_IN, |event| match event {
                Event::Challenge(Challenge::OAuthError(error)) => {
                    challenge = ServerText::new(&error);
                    None
                }
                Event::Completed(done) if done.command == kind => Some(done.reply),
                Event::Unsolicited(reply) => Some(reply),
                _ => None,
            })
            .await?;
        Ok(SignedIn { mechanism, accepted: reply.code == 235, reply: smtp_reply(&reply), challenge })
    }

    async fn mailbox(
        c: &mut Conversation<Dialogue>,
        sender: Option<&str>,
        _stays: bool,
    ) -> Result<Option<Observation>, Broken> {
        // An address that can't be sent as it is (RFC 6531 would be needed) isn't asked for.
        let Some(sender) = sender.and_then(|s| Sender::new(s).ok()) else {
            Self::goodbye(c).await;
            return Ok(None);
        };
        let commands = [Command::MailFrom(sender), Command::Rset, Command::Quit];
        let reply = if c.dialogue.capabilities().is_some_and(smtp::Capabilities::pipelining) {
            c.send(commands).await?;
            completed(c, CommandKind::MailFrom, limits::COMMAND).await?
        } else {
            let [mail, rset, quit] = commands;
            c.send([mail]).await?;
            let reply = completed(c, CommandKind::MailFrom, limits::COMMAND).await?;
            c.send([rset]).await?;
            completed(c, CommandKind::Rset, limits::COMMAND).await?;
            c.send([quit]).await?;
            reply
        };
        Ok(Some(Observation::Sender { allowed: reply.code / 100 == 2, reply: smtp_reply(&reply) }))
    }

    async fn goodbye(c: &mut Conversation<Dialogue>) {
        let _the_connection_ends_anyway = c.send([Command::Quit]).await;
    }
}

/// The address literal of our end (RFC 5321 §4.1.3): the one name that is true of any machine.
fn client_name(c: &Conversation<Dialogue>) -> ClientName {
    let address = c.stream.tcp().local_addr().map(|a| a.ip());
    let literal = match address {
        Ok(std::net::IpAddr::V4(v4)) => format!("[{v4}]"),
        Ok(std::net::IpAddr::V6(v6)) => format!("[IPv6:{v6}]"),
        Err(_) => "[127.0.0.1]".to_owned(),
    };
    ClientName::new(&literal).expect("an address literal is printable ASCII without brackets of its own kind")
}

async fn completed(
    c: &mut Conversation<Dialogue>,
    kind: CommandKind,
    limit: Duration,
) -> Result<smtp::Reply, Broken> {
    c.until(limit, |event| match event {
        Event::Completed(done) if done.command == kind => Some(Ok(done.reply)),
        Event::Unsolicited(_) => Some(Err(Broken::Closed)),
        _ => None,
    })
    .await?
}
