//! Runs that outlive their connection for a while: where they are known by a token, and how another connection takes
//! one over.
//!
//! A token is as good as the run itself, so it can't be guessed, goes to the page that started the run and to nobody
//! else, is good for that page's origin, and is good once: whoever took the run over gets a new one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::HeaderValue;
use tokio::{
    sync::{mpsc, oneshot},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::kept::Kept;
use crate::{
    limits,
    random::{hex, random},
};

/// Another connection wants the run.
type Claim = oneshot::Sender<Kept>;

/// The runs that can be taken over.
pub(super) struct Resumable {
    /// How long a run waits for another connection.
    wait: Duration,
    known: Mutex<HashMap<String, Known>>,
}

struct Known {
    origin: HeaderValue,
    claims: mpsc::Sender<Claim>,
}

impl Resumable {
    /// None yet; each will wait for so long.
    pub fn new(wait: Duration) -> Arc<Self> {
        Arc::new(Self { wait, known: Mutex::default() })
    }

    /// A place for a run of a page of this origin. `None`: the relay keeps no runs, or can't keep another one.
    pub fn place(self: &Arc<Self>, origin: &HeaderValue) -> Option<Place> {
        let token = hex(&random::<16>().ok()?);
        let (sender, claims) = mpsc::channel(1);
        let mut known = self.known();
        if self.wait.is_zero() || known.len() >= limits::RESUMABLE {
            return None;
        }
        known.insert(token.clone(), Known { origin: origin.clone(), claims: sender });
        drop(known);
        Some(Place { runs: Arc::clone(self), token, claims })
    }

    /// Takes a run over, from its connection where that still stands. `None`: no such run of this origin.
    pub async fn claim(&self, token: &str, origin: &HeaderValue) -> Option<Kept> {
        let claims = {
            let mut known = self.known();
            if known.get(token)?.origin != origin {
                return None;
            }
            known.remove(token)?.claims
        };
        let (claim, kept) = oneshot::channel();
        claims.try_send(claim).ok()?;
        timeout(limits::WRITE, kept).await.ok()?.ok()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run's place among those that can be taken over; with it goes the token.
pub(super) struct Place {
    runs: Arc<Resumable>,
    token: String,
    claims: mpsc::Receiver<Claim>,
}

impl Place {
    /// What a page has to show to take the run over.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Waits until another connection takes the run over.
    pub async fn claimed(&mut self) -> Claim {
        match self.claims.recv().await {
            Some(claim) => claim,
            None => std::future::pending().await,
        }
    }

    /// Goes on with a run that has lost its connection, until another one takes it over, or for so long.
    pub async fn wait(mut self, mut kept: Kept, stopping: &CancellationToken) {
        let wait = self.runs.wait;
        let claimed = async {
            loop {
                tokio::select! {
                    biased;
                    claim = self.claimed() => return claim,
                    message = kept.next() => {
                        // What can't be written is left out here as it would be there.
                        let _line = kept.line(&message).await;
                    }
                }
            }
        };
        let claim = tokio::select! {
            biased;
            claim = claimed => claim,
            () = sleep(wait) => return,
            () = stopping.cancelled() => return,
        };
        // Where the other connection is gone as well, the run goes too.
        let _taken = claim.send(kept);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.runs.known().remove(&self.token);
    }
}
