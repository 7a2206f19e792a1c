//! The handshake failed: do hellos of older versions fare better?

use error_model::evidence::{Observation, TlsOutcome};
use futures::future::join_all;
use tokio::time::timeout;

use crate::{
    egress::AllowedAddr,
    engine::Engine,
    lane::{Plan, reach_tls},
    limits,
    record::Pen,
    tls::hello::{Answer, VERSIONS, ask},
};

/// Whether an older hello could tell the causes apart.
pub(super) fn could_tell(observation: &Observation) -> bool {
    let Observation::TlsHandshake { outcome, .. } = observation else { return false };
    match outcome {
        TlsOutcome::Alert { after_certificate, .. } => !after_certificate,
        TlsOutcome::VersionTooOld | TlsOutcome::NothingInCommon { .. } | TlsOutcome::Broken { .. } => true,
        TlsOutcome::Closed { .. } => true,
        _ => false,
    }
}

/// Sends hellos of every old version, each on a connection of its own.
pub(super) async fn send(engine: &Engine, plan: &Plan<'_>, addresses: &[AllowedAddr], pen: &Pen) {
    let tries = VERSIONS.into_iter().map(|version| async move {
        let quiet = Pen::muted(pen.lane);
        let tried = async {
            match reach_tls(engine, plan, addresses, &quiet).await {
                Some(tap) => ask(tap, version, plan.host).await,
                None => Answer::Nothing,
            }
        };
        timeout(limits::ALTERNATIVE, tried).await.unwrap_or(Answer::Nothing)
    });
    let answers = join_all(tries).await;
    let best = answers.iter().find_map(|answer| match answer {
        Answer::Version(version) => Some(*version),
        _ => None,
    });
    if let Some(version) = best {
        pen.saw(Observation::LegacyTls { version }).await;
    } else if answers.iter().all(|answer| *answer == Answer::Refused) {
        let hellos = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        pen.saw(Observation::EveryHelloRefused { hellos }).await;
    }
}
