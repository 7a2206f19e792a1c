//! A run: both lanes side by side, each resolving, walking its steps, and following up on what failed.
//!
//! Dropping the future stops everything: nothing is spawned. What a lane does only before or after its walk is boxed, so
//! that a run in flight, which mostly waits for a server, doesn't keep room for it.

use std::pin::pin;

use error_model::{
    Code, Endpoint, Evidence, Lane, ServerText, Step,
    evidence::{GreetingOutcome, Observation},
    wire::RelayMessage,
};
use futures::future::{Either, select};
use protocol::sasl::Credentials;
use tokio::{sync::mpsc, time::timeout};

use crate::{
    egress::AllowedAddr,
    engine::{Engine, NoAddress},
    experiment,
    host::Host,
    lane::{Plan, walk},
    limits, providers,
    record::{Pen, Record},
    request::Request,
};

impl Engine {
    /// Runs a check and sends what happens as messages; `done` is the last. Gives the evidence too.
    ///
    /// A slow reader slows the run down; a run that is dropped stops at once, sockets included.
    pub async fn run(&self, request: Request, messages: mpsc::Sender<RelayMessage>) -> Evidence {
        let Request { asked, imap, smtp, token, not_issued, budgets } = request;
        let record = Record::new(asked.clone(), self.now(), messages, budgets);
        let lane = |lane: Lane, credentials: Option<Credentials>| {
            let endpoint = asked.endpoint(lane);
            let (record, asked, token) = (&record, &asked, &token);
            async move {
                let Some(endpoint) = endpoint else { return };
                let pen = Pen::new(lane, record);
                if let Some(provider) = providers::known(&endpoint.host, asked.email.as_deref()) {
                    pen.saw(provider).await;
                }
                if let Some(token) = token.as_ref().filter(|_| credentials.is_some() || not_issued) {
                    pen.saw(token.clone()).await;
                }
                // Only there is it worth the server's work.
                let reads = lane == Lane::Imap && asked.reported == Some(Code::FirstSync);
                let email = asked.email.as_deref();
                let way = Way { engine: self, endpoint, email, reads, record, pen: &pen };
                Box::pin(way.run(credentials, not_issued, asked.allow_unclean_tls)).await;
            }
        };
        let both = futures::future::join(lane(Lane::Imap, imap), lane(Lane::Smtp, smtp));
        if timeout(self.run_limit, both).await.is_err() {
            for lane in Lane::ALL {
                if let Some(step) = record.current(lane) {
                    let pen = Pen::new(lane, &record);
                    pen.saw(Observation::TimedOut { step, elapsed_ms: record.elapsed_ms() }).await;
                    pen.failed(step).await;
                }
            }
        }
        record.finish().await
    }
}

/// One lane of a run.
struct Way<'a> {
    engine: &'a Engine,
    endpoint: &'a Endpoint,
    email: Option<&'a str>,
    reads: bool,
    record: &'a Record,
    pen: &'a Pen,
}

impl Way<'_> {
    async fn run(&self, credentials: Option<Credentials>, not_issued: bool, allow_unclean_tls: bool) {
        let Some((host, addresses)) = Box::pin(self.resolve()).await else {
            self.pen.failed(Step::Resolve).await;
            self.pen.skipped(Step::ALL.into_iter().filter(|s| *s > Step::Resolve)).await;
            return;
        };
        self.pen.passed(Step::Resolve).await;
        let plan = Plan {
            endpoint: self.endpoint,
            host: &host,
            credentials,
            not_issued,
            sender: self.email,
            allow_unclean_tls,
            reads: self.reads,
            greeting_limit: limits::GREETING,
        };
        let ahead = {
            let walking = pin!(walk(self.engine, &plan, &addresses, self.pen));
            let ahead = pin!(experiment::ahead(self.engine, &plan, &addresses, self.record, self.pen));
            match select(walking, ahead).await {
                Either::Left(_) => None,
                Either::Right((ahead, walking)) => {
                    let seen = ahead.as_deref().unwrap_or_default();
                    if experiment::waits_for_tls(seen, self.endpoint) && self.is_at(Step::Greeting) {
                        self.no_greeting_will_come().await;
                    } else {
                        walking.await;
                    }
                    ahead
                }
            }
        };
        Box::pin(experiment::follow_up(self.engine, &plan, &addresses, ahead, self.record, self.pen)).await;
    }

    fn is_at(&self, step: Step) -> bool {
        self.record.current(self.pen.lane) == Some(step)
    }

    /// The port waits for TLS itself: the rest of the wait for its greeting is spared.
    async fn no_greeting_will_come(&self) {
        let elapsed_ms = self.record.waited_ms(self.pen.lane);
        self.pen
            .saw(Observation::Greeting {
                outcome: GreetingOutcome::Silent,
                reply: None,
                raw: ServerText::default(),
                protocol: None,
                elapsed_ms,
            })
            .await;
        self.pen.failed(Step::Greeting).await;
        self.pen.skipped(Step::ALL.into_iter().filter(|s| *s > Step::Greeting)).await;
    }

    async fn resolve(&self) -> Option<(Host, Vec<AllowedAddr>)> {
        self.pen.started(Step::Resolve).await;
        let host = match Host::parse(&self.endpoint.host) {
            Ok(host) => host,
            Err(invalid) => {
                let meant = match &*invalid {
                    Observation::HostInvalid { corrected, .. } => corrected.clone(),
                    _ => None,
                };
                self.pen.saw(*invalid).await;
                if let Some(meant) = meant {
                    experiment::corrected(self.engine, self.endpoint, meant, self.pen).await;
                }
                return None;
            }
        };
        match self.engine.resolve(&host, self.endpoint.port, self.pen).await {
            Ok(addresses) => Some((host, addresses)),
            Err(NoAddress::Denied) => {
                experiment::denied(self.engine, &host, self.endpoint, self.email, self.pen).await;
                None
            }
            Err(NoAddress::None) => {
                experiment::no_address(self.engine, &host, self.endpoint, self.email, self.record, self.pen)
                    .await;
                None
            }
        }
    }
}
