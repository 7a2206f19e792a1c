//! The handshake failed: do hellos of older versions fare better?

use error_model::evidence::{Observation, TlsOutcome, TlsVersion};
use futures::future::join_all;
use tokio::time::timeout;

use crate::{
    egress::AllowedAddr,
    engine::Engine,
    lane::{Plan, reach_tls},
    limits,
    record::Pen,
    secure::judge_bare,
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

/// Sends hellos of every old version, each on a connection of its own. Where one is answered, the version and the chain
/// with its verdict are evidence: an old server may have an expired certificate besides.
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
    if answers.iter().all(|answer| *answer == Answer::Refused) {
        let hellos = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        pen.saw(Observation::EveryHelloRefused { hellos }).await;
    }
    let best = answers.into_iter().find_map(|answer| match answer {
        Answer::Hello { version, chain } => Some((version, chain)),
        _ => None,
    });
    if let Some((version, chain)) = best {
        pen.saw(Observation::LegacyTls { version }).await;
        if version <= TlsVersion::Tls11 && !chain.is_empty() {
            judge_bare(engine, chain, plan.host, pen).await;
        }
    }
}
