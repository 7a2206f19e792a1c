//! Usual names of the domain that exist and answer with a clean certificate.

use error_model::{
    Endpoint, Lane,
    discovery::{FoundSettings, SettingsSource},
    evidence::AlternativeOutcome,
};
use futures::future::join_all;

use super::Address;
use crate::{engine::Engine, experiment::alternatives::try_one, host::Host, record::Pen};

pub(super) async fn ask(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let domain = &address.domain;
    let (imap, smtp) = futures::join!(
        first(engine, Lane::Imap, [format!("imap.{domain}"), format!("mail.{domain}"), domain.clone()]),
        first(engine, Lane::Smtp, [format!("smtp.{domain}"), format!("mail.{domain}"), domain.clone()]),
    );
    Some(FoundSettings { source: SettingsSource::Guess, from: domain.clone(), imap, smtp, user: None })
}

/// The first of the names, in order, that answers on one of the service's usual ports.
async fn first(engine: &Engine, lane: Lane, names: [String; 3]) -> Option<Endpoint> {
    let tries = names.into_iter().map(|name| async move {
        let host = Host::parse(&name).ok()?;
        let Host::Name(_) = host else { return None };
        for (port, security) in lane.usual_ports().iter().filter(|(port, _)| *port != 25) {
            let allowed = engine.allowed_addresses(&host, *port).await.ok()?;
            let endpoint = Endpoint { host: name.clone(), port: *port, security: *security };
            let outcome = try_one(engine, &host, &endpoint, &allowed, &Pen::muted(lane)).await;
            if outcome == AlternativeOutcome::Works {
                return Some(endpoint);
            }
        }
        None
    });
    join_all(tries).await.into_iter().flatten().next()
}
