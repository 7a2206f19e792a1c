//! Usual names of the domain that exist and answer with a clean certificate.

use error_model::{
    Endpoint, Lane,
    discovery::{FoundSettings, SettingsSource, Trial},
};
use futures::future::join_all;

use super::{Address, trial::Trials};

pub(super) async fn ask(trials: &Trials<'_>, address: &Address) -> Option<FoundSettings> {
    let domain = &address.domain;
    let (imap, smtp) = futures::join!(
        first(trials, Lane::Imap, [format!("imap.{domain}"), format!("mail.{domain}"), domain.clone()]),
        first(trials, Lane::Smtp, [format!("smtp.{domain}"), format!("mail.{domain}"), domain.clone()]),
    );
    Some(FoundSettings { imap, smtp, ..FoundSettings::new(SettingsSource::Guess, domain.clone()) })
}

/// The first of the names, in order, that answers on one of the service's usual ports.
async fn first(trials: &Trials<'_>, lane: Lane, names: [String; 3]) -> Option<Endpoint> {
    let tries = names.into_iter().map(|host| async move {
        for &(port, security) in lane.usual_ports().iter().filter(|(port, _)| *port != 25) {
            let endpoint = Endpoint { host: host.clone(), port, security };
            if trials.of(lane, &endpoint).await == Some(Trial::Works) {
                return Some(endpoint);
            }
        }
        None
    });
    join_all(tries).await.into_iter().flatten().next()
}
