//! What all requests share.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderValue;
use error_model::wire::{HelloLimits, Problem, RelayMessage};
use probe::{Engine, Request};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    admission::{Admission, Permit},
    apps::Apps,
    budgets::{Budgets, SignInPlaces},
    embed,
    meter::Meter,
    origins::Origins,
    proof::Proofs,
    resume::Resumable,
    sign_in::SignIns,
    site::Site,
    tickets::Tickets,
};
use crate::{
    budget::Watch,
    config::Settings,
    desk::Desk,
    limits,
    store::{KeyError, Store},
};

/// The relay as its handlers see it.
pub(super) struct Relay {
    pub engine: Arc<Engine>,
    pub admission: Arc<Admission>,
    pub budgets: Budgets,
    pub desk: Arc<Desk>,
    pub tickets: Tickets,
    /// `None`: runs that sign in need no proof of work.
    pub proofs: Option<Proofs>,
    pub sign_ins: SignIns,
    pub meter: Arc<Meter>,
    /// Runs that another connection may take over.
    pub resumable: Arc<Resumable>,
    pub origins: Origins,
    pub site: Site,
    /// The Content-Security-Policy of pages in frames.
    pub frame_policy: HeaderValue,
    /// Who may have the app beside a ticket in a frame.
    pub apps: Apps,
    egress_addresses: Vec<IpAddr>,
    run_seconds: u64,
    /// Cancelled when the relay was asked to stop.
    pub stopping: CancellationToken,
    /// Connections and WebSockets that are still open.
    pub open: TaskTracker,
}

impl Relay {
    pub async fn new(
        engine: Engine,
        settings: &Settings,
        listening: SocketAddr,
        watch: &Watch,
        sign_ins: SignIns,
        store: Store,
        site: Site,
    ) -> Result<Arc<Self>, KeyError> {
        let proofs = Proofs::new(settings.limits.proof_of_work)?;
        let ticket_life = if proofs.is_some() { limits::SOLVING } else { limits::TICKET };
        Ok(Arc::new(Self {
            engine: Arc::new(engine),
            admission: Admission::new(settings.limits),
            budgets: Budgets::new(settings.limits, watch, &store).await?,
            desk: Desk::new(store, settings, watch).await?,
            tickets: Tickets::new(watch.clone(), ticket_life)?,
            proofs,
            sign_ins,
            meter: Meter::new(),
            resumable: Resumable::new(Duration::from_secs(settings.limits.resume_seconds)),
            origins: Origins::new(settings, listening),
            site,
            frame_policy: embed::policy(&settings.frame_ancestors),
            apps: Apps::new(settings),
            egress_addresses: settings.egress_addresses.clone(),
            run_seconds: settings.limits.run_seconds,
            stopping: CancellationToken::new(),
            open: TaskTracker::new(),
        }))
    }

    /// Lets a request run, as far as the budgets of everybody that it concerns go.
    ///
    /// # Errors
    /// A [`Problem`] that says when to come back.
    pub async fn admit(&self, client: IpAddr, request: &mut Request) -> Result<Admitted, Problem> {
        let permit = self.admission.admit(client)?;
        let places = self.budgets.take(client, request).await?;
        Ok(Admitted { _places: places, _permit: permit })
    }

    /// The first message of a connection.
    pub fn hello(&self) -> RelayMessage {
        RelayMessage::Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            egress_addresses: self.egress_addresses.clone(),
            limits: HelloLimits {
                message_bytes: limits::MESSAGE_BYTES as u64,
                run_seconds: self.run_seconds,
            },
        }
    }
}

/// The right to one run. To be dropped after the run, whose refused sign-ins are counted then.
pub(super) struct Admitted {
    _places: SignInPlaces,
    _permit: Permit,
}

/// The address that a connection came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub IpAddr);
