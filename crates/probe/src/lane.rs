//! One lane in reading order: resolve, connect, TLS and certificate, greeting, capabilities, sign-in, mailbox.
//!
//! A failure is an observation, and the end of the lane. No secret is sent before TLS stands and the verdict is clean
//! (or the person has agreed for this run); then one sign-in is tried, with one mechanism.

use error_model::{
    Endpoint, Lane, Security, Step,
    evidence::{GreetingOutcome, Observation, ReplyStatus, SignInSkip, TlsOutcome},
};
use protocol::sasl::Credentials;
use tokio::{net::TcpStream, time::Instant};

use crate::{
    connect::connect,
    dialogue::{Broken, Conversation, Dialogue},
    egress::AllowedAddr,
    engine::Engine,
    host::Host,
    record::Pen,
    resolve::millis,
    secure::{Secured, Trust, decide, secure},
    service::{Imap, Service, SignedIn, Smtp},
    stream::{Stream, Tap},
};

/// What a lane is to do.
pub(crate) struct Plan<'a> {
    pub endpoint: &'a Endpoint,
    pub host: &'a Host,
    pub credentials: Option<Credentials>,
    /// There are none because no token was issued.
    pub not_issued: bool,
    /// The address that MAIL FROM names.
    pub sender: Option<&'a str>,
    pub allow_unclean_tls: bool,
    /// Somebody waits for a first sync: see how fast the server hands mail over.
    pub reads: bool,
    pub greeting_limit: std::time::Duration,
}

/// How far a lane came, for those who look at it from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    pub tls: bool,
    pub clean: bool,
    pub offered: bool,
}

/// The way through a lane, with what was learnt on it.
struct Way<'a> {
    engine: &'a Engine,
    plan: &'a Plan<'a>,
    pen: &'a Pen,
    reached: Reached,
}

/// The lane has ended where it had to: what's wrong has been written down.
struct Ended;

/// Walks a lane from its addresses on.
pub(crate) async fn walk(engine: &Engine, plan: &Plan<'_>, addresses: &[AllowedAddr], pen: &Pen) -> Reached {
    let reached = Reached { tls: false, clean: false, offered: false };
    let mut way = Way { engine, plan, pen, reached };
    let Some(stream) = connect(addresses, pen).await else {
        pen.skipped(Step::ALL.into_iter().filter(|s| *s > Step::Connect)).await;
        return way.reached;
    };
    let ended = match pen.lane {
        Lane::Imap => way.service::<Imap>(stream).await,
        Lane::Smtp => way.service::<Smtp>(stream).await,
    };
    match ended {
        Ok(()) | Err(Ended) => way.reached,
    }
}

/// Goes as far as the first byte of TLS, STARTTLS included, for a follow-up that speaks on from there.
pub(crate) async fn reach_tls(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    pen: &Pen,
) -> Option<Tap> {
    let reached = Reached { tls: false, clean: false, offered: false };
    let mut way = Way { engine, plan, pen, reached };
    let tap = Tap::new(connect(addresses, pen).await?);
    match (plan.endpoint.security, pen.lane) {
        (Security::Tls, _) => Some(tap),
        (Security::StartTls, Lane::Imap) => way.ask_for_tls::<Imap>(tap).await,
        (Security::StartTls, Lane::Smtp) => way.ask_for_tls::<Smtp>(tap).await,
        (Security::Plain, _) => None,
    }
}

impl Way<'_> {
    async fn ask_for_tls<S: Service>(&mut self, tap: Tap) -> Option<Tap> {
        let mut c = Conversation::new(S::dialogue(), Stream::Clear(tap), self.pen.clone());
        self.greeting::<S>(&mut c).await.ok()?;
        self.starttls::<S>(c).await.ok().map(|(_, tap)| tap)
    }

    async fn service<S: Service>(&mut self, stream: TcpStream) -> Result<(), Ended> {
        let tap = Tap::new(stream);
        let security = self.plan.endpoint.security;
        let (mut c, trust) = match security {
            Security::Tls => {
                let mut dialogue = S::dialogue();
                let (stream, early, trust) = self.secure(tap, &[Step::Greeting]).await?;
                dialogue.receive(&early);
                (Conversation::new(dialogue, stream, self.pen.clone()), trust)
            }
            Security::StartTls => {
                let mut c = Conversation::new(S::dialogue(), Stream::Clear(tap), self.pen.clone());
                self.greeting::<S>(&mut c).await?;
                self.upgrade::<S>(c).await?
            }
            Security::Plain => {
                let mut c = Conversation::new(S::dialogue(), Stream::Clear(tap), self.pen.clone());
                self.greeting::<S>(&mut c).await?;
                self.pen.skipped([Step::Tls, Step::Certificate]).await;
                (c, Trust::Decided(false))
            }
        };
        let speaking = async {
            if security == Security::Tls {
                self.greeting::<S>(&mut c).await?;
            }
            self.offer::<S>(&mut c).await
        };
        // The list of revoked certificates is fetched meanwhile: it costs no time unless it's slower than the server.
        let (spoken, trusted) = futures::join!(speaking, self.settle(trust));
        self.reached.clean = trusted;
        if security != Security::Plain && !trusted && !self.plan.allow_unclean_tls {
            if spoken.is_ok() {
                S::goodbye(&mut c).await;
            }
            return self.stop_unclean(&[]).await;
        }
        spoken?;
        self.reached.offered = true;
        self.sign_in::<S>(&mut c).await
    }

    /// Whether the certificate is clean, once that is certain.
    async fn settle(&self, trust: Trust) -> bool {
        match trust {
            Trust::Decided(clean) => clean,
            Trust::Pending(judged) => decide(self.engine, *judged, self.pen).await,
        }
    }

    /// The certificate isn't clean and nobody agreed to go on with it.
    async fn stop_unclean<T>(&self, later: &[Step]) -> Result<T, Ended> {
        if self.plan.credentials.is_some() {
            let reason = SignInSkip::CertificateNotClean;
            self.pen.saw(Observation::SignInSkipped { reason }).await;
        }
        self.pen.skipped(later.iter().copied()).await;
        self.skip_after(Step::Certificate).await;
        Err(Ended)
    }

    async fn greeting<S: Service>(&self, c: &mut Conversation<S::Dialogue>) -> Result<(), Ended> {
        self.pen.started(Step::Greeting).await;
        let begun = Instant::now();
        let greeted = S::greeting(c, self.plan.greeting_limit).await;
        let ready = greeted.outcome == GreetingOutcome::Ready;
        self.pen.saw(greeted.observation(millis(begun.elapsed()))).await;
        if !ready {
            return self.fail(Step::Greeting).await;
        }
        self.pen.passed(Step::Greeting).await;
        Ok(())
    }

    /// STARTTLS and the handshake; the capabilities from before are dropped.
    async fn upgrade<S: Service>(
        &mut self,
        c: Conversation<S::Dialogue>,
    ) -> Result<(Conversation<S::Dialogue>, Trust), Ended> {
        let (mut dialogue, tap) = self.starttls::<S>(c).await?;
        let (stream, early, trust) = self.secure(tap, &[]).await?;
        dialogue.receive(&early);
        Ok((Conversation::new(dialogue, stream, self.pen.clone()), trust))
    }

    /// STARTTLS, where it's offered: gives the bare connection, with nothing unread on it.
    async fn starttls<S: Service>(
        &mut self,
        mut c: Conversation<S::Dialogue>,
    ) -> Result<(S::Dialogue, Tap), Ended> {
        self.pen.started(Step::Tls).await;
        let begun = Instant::now();
        let offer = match S::offer(&mut c).await {
            Ok(offer) => offer,
            Err(broken) => return self.broken(broken, Step::Capabilities, begun).await,
        };
        self.pen.saw(capabilities(offer.clone(), false)).await;
        if !offer.starttls {
            S::goodbye(&mut c).await;
            self.pen.saw(Observation::StartTls { offered: false, reply: None, injected: 0 }).await;
            return self.fail(Step::Tls).await;
        }
        let reply = match S::starttls(&mut c).await {
            Ok(reply) => reply,
            Err(broken) => return self.broken(broken, Step::Tls, begun).await,
        };
        let accepted = reply.status == ReplyStatus::Ok;
        let injected = if accepted { c.dialogue.upgrade().err().map_or(0, |e| e.bytes.len()) } else { 0 };
        let injected = u32::try_from(injected).unwrap_or(u32::MAX);
        self.pen.saw(Observation::StartTls { offered: true, reply: Some(reply), injected }).await;
        let Stream::Clear(tap) = c.stream else { return self.fail(Step::Tls).await };
        if !accepted || injected > 0 {
            return self.fail(Step::Tls).await;
        }
        Ok((c.dialogue, tap))
    }

    /// The handshake, and the verdict as far as it's certain. `later` are the steps before it in the catalogue's order
    /// that weren't run yet.
    async fn secure(&mut self, tap: Tap, later: &[Step]) -> Result<(Stream, Vec<u8>, Trust), Ended> {
        match secure(self.engine, tap, self.plan.host, self.pen).await {
            Secured::Failed(step) => {
                self.pen.skipped(later.iter().copied()).await;
                self.fail(step).await
            }
            Secured::Encrypted { stream, early, trust } => {
                self.reached.tls = true;
                if matches!(trust, Trust::Decided(false)) && !self.plan.allow_unclean_tls {
                    return self.stop_unclean(later).await;
                }
                Ok((Stream::Tls(stream), early, trust))
            }
        }
    }

    async fn offer<S: Service>(&self, c: &mut Conversation<S::Dialogue>) -> Result<(), Ended> {
        self.pen.started(Step::Capabilities).await;
        let begun = Instant::now();
        let encrypted = matches!(c.stream, Stream::Tls(_));
        match S::offer(c).await {
            Ok(offer) => {
                let starttls = offer.starttls;
                self.pen.saw(capabilities(offer, encrypted)).await;
                if !encrypted {
                    S::goodbye(c).await;
                    self.pen.saw(Observation::StartTls { offered: starttls, reply: None, injected: 0 }).await;
                    let reason = SignInSkip::NotEncrypted;
                    self.pen.saw(Observation::SignInSkipped { reason }).await;
                    return self.fail(Step::Capabilities).await;
                }
                Ok(())
            }
            Err(broken) => self.broken(broken, Step::Capabilities, begun).await,
        }
    }

    async fn sign_in<S: Service>(&mut self, c: &mut Conversation<S::Dialogue>) -> Result<(), Ended> {
        let Some(credentials) = self.plan.credentials.clone() else {
            self.pen.passed(Step::Capabilities).await;
            S::goodbye(c).await;
            if self.plan.not_issued {
                self.pen.saw(Observation::SignInSkipped { reason: SignInSkip::NotIssued }).await;
                return self.fail(Step::SignIn).await;
            }
            self.pen.saw(Observation::SignInSkipped { reason: SignInSkip::NoSecret }).await;
            self.skip_after(Step::Capabilities).await;
            return Err(Ended);
        };
        let Ok(command) = S::sign_in_command(c, credentials) else {
            S::goodbye(c).await;
            self.pen.saw(Observation::SignInSkipped { reason: SignInSkip::NoMechanism }).await;
            return self.fail(Step::Capabilities).await;
        };
        self.pen.passed(Step::Capabilities).await;
        let Some(turn) = self.pen.turn().await else {
            S::goodbye(c).await;
            self.pen.saw(Observation::SignInSkipped { reason: SignInSkip::Budget }).await;
            self.skip_after(Step::Capabilities).await;
            return Err(Ended);
        };
        self.pen.started(Step::SignIn).await;
        let begun = Instant::now();
        let SignedIn { mechanism, accepted, reply, challenge } = match S::sign_in(c, command).await {
            Ok(signed_in) => signed_in,
            Err(broken) => return self.broken(broken, Step::SignIn, begun).await,
        };
        self.pen.saw(Observation::SignIn { mechanism, accepted, reply, challenge }).await;
        if !accepted {
            S::goodbye(c).await;
            return self.fail(Step::SignIn).await;
        }
        turn.accepted();
        self.pen.passed(Step::SignIn).await;
        self.mailbox::<S>(c).await
    }

    async fn mailbox<S: Service>(&mut self, c: &mut Conversation<S::Dialogue>) -> Result<(), Ended> {
        self.pen.started(Step::Mailbox).await;
        let begun = Instant::now();
        match S::mailbox(c, self.plan.sender, self.plan.reads).await {
            Ok(Some(observation)) => {
                let failed = matches!(
                    observation,
                    Observation::Mailbox { opened: false, .. } | Observation::Sender { allowed: false, .. }
                );
                self.pen.saw(observation.clone()).await;
                if self.plan.reads {
                    S::read(c, &observation, self.pen).await;
                    S::goodbye(c).await;
                }
                if failed { self.fail(Step::Mailbox).await } else { self.pass(Step::Mailbox).await }
            }
            Ok(None) => {
                self.pen.skipped([Step::Mailbox]).await;
                Ok(())
            }
            Err(broken) => self.broken(broken, Step::Mailbox, begun).await,
        }
    }

    async fn pass(&self, step: Step) -> Result<(), Ended> {
        self.pen.passed(step).await;
        Ok(())
    }

    async fn broken<T>(&self, broken: Broken, step: Step, begun: Instant) -> Result<T, Ended> {
        self.pen.saw(broken.observation(step, begun.elapsed())).await;
        self.fail(step).await
    }

    async fn fail<T>(&self, step: Step) -> Result<T, Ended> {
        self.pen.failed(step).await;
        self.skip_after(step).await;
        Err(Ended)
    }

    async fn skip_after(&self, step: Step) {
        self.pen.skipped(Step::ALL.into_iter().filter(|s| *s > step)).await;
    }
}

fn capabilities(offer: crate::service::Offer, inside_tls: bool) -> Observation {
    let crate::service::Offer { tokens, mechanisms, starttls, login_disabled } = offer;
    Observation::Capabilities { inside_tls, tokens, mechanisms, starttls, login_disabled }
}

/// Whether a handshake's end leaves a connection to go on with.
pub(crate) fn stands(outcome: &TlsOutcome) -> bool {
    matches!(outcome, TlsOutcome::Established { .. })
}
