//! Tries the servers that sources name: each server once, whoever names it.

use std::sync::{Mutex, PoisonError};

use error_model::{
    Endpoint, Lane,
    discovery::{FoundSettings, Trial},
    evidence::AlternativeOutcome,
};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use tokio::time::timeout;

use super::TRIAL;
use crate::{engine::Engine, experiment::alternatives::try_one, host::Host, record::Pen};

type Running<'a> = Shared<BoxFuture<'a, Option<Trial>>>;

/// The trials of one look-up.
pub(super) struct Trials<'a> {
    engine: &'a Engine,
    begun: Mutex<Vec<(Lane, Endpoint, Running<'a>)>>,
}

impl<'a> Trials<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        Self { engine, begun: Mutex::default() }
    }

    /// What came of the servers of one source.
    pub async fn of_both(&self, found: &FoundSettings) -> (Option<Trial>, Option<Trial>) {
        let one = async |lane| match found.server(lane) {
            Some(endpoint) => self.of(lane, endpoint).await,
            None => None,
        };
        futures::join!(one(Lane::Imap), one(Lane::Smtp))
    }

    /// What comes of a server; `None` where the policy doesn't allow its port.
    pub async fn of(&self, lane: Lane, endpoint: &Endpoint) -> Option<Trial> {
        self.running(lane, endpoint).await
    }

    /// The trial of a server, under way already where another source named it too.
    fn running(&self, lane: Lane, endpoint: &Endpoint) -> Running<'a> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., running)) = begun.iter().find(|(l, e, _)| *l == lane && e == endpoint) {
            return running.clone();
        }
        let running = run(self.engine, lane, endpoint.clone()).boxed().shared();
        begun.push((lane, endpoint.clone(), running.clone()));
        running
    }
}

async fn run(engine: &Engine, lane: Lane, endpoint: Endpoint) -> Option<Trial> {
    if !engine.policy.allows_port(endpoint.port) {
        return None;
    }
    let walked = async {
        let host = Host::parse(&endpoint.host).ok()?;
        let addresses = engine.allowed_addresses(&host, endpoint.port).await.ok()?;
        Some(try_one(engine, &host, &endpoint, &addresses, &Pen::muted(lane)).await)
    };
    Some(match timeout(TRIAL, walked).await.ok().flatten() {
        Some(AlternativeOutcome::Works) => Trial::Works,
        Some(AlternativeOutcome::TlsUnclean | AlternativeOutcome::PlaintextOnly) => Trial::Unclean,
        // A name that leads nowhere, or to where nothing may be dialled, is as good as a silent server.
        _ => Trial::Silent,
    })
}
