//! The service's other usual ports and modes on the same addresses: each walked without a secret.

use error_model::{
    Endpoint, Security,
    evidence::{AlternativeOutcome, ConnectOutcome, GreetingOutcome, Observation, TlsOutcome},
};
use futures::future::join_all;
use tokio::time::timeout;

use crate::{
    egress::AllowedAddr,
    engine::Engine,
    host::Host,
    lane::{Plan, walk},
    limits,
    record::Pen,
};

/// Tries them all at once; what came of each. Each is boxed, so that its memory goes when it ends, not with the last.
pub(super) async fn try_all(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    pen: &Pen,
) -> Vec<Observation> {
    try_these(engine, plan, addresses, candidates(plan.endpoint, pen), pen).await
}

/// TLS stands, so the mode is right: does another port show a certificate that is in order? Port 25 isn't for mail apps.
pub(super) async fn try_other_ports(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    pen: &Pen,
) -> Vec<Observation> {
    let mut ports = candidates(plan.endpoint, pen);
    ports.retain(|(port, _)| *port != plan.endpoint.port && *port != 25);
    try_these(engine, plan, addresses, ports, pen).await
}

async fn try_these(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    candidates: Vec<(u16, Security)>,
    pen: &Pen,
) -> Vec<Observation> {
    let tries = candidates.into_iter().map(|(port, security)| async move {
        let endpoint = Endpoint { host: plan.host.to_string(), port, security };
        let outcome = Box::pin(try_one(engine, plan.host, &endpoint, addresses, pen)).await;
        Observation::Alternative { host: endpoint.host, port, security, outcome }
    });
    join_all(tries).await
}

/// The given port with the other modes, and the usual ports with theirs.
fn candidates(endpoint: &Endpoint, pen: &Pen) -> Vec<(u16, Security)> {
    let given = (endpoint.port, endpoint.security);
    let same_port = [Security::Tls, Security::StartTls].map(|security| (endpoint.port, security));
    let mut all: Vec<(u16, Security)> = pen.lane.usual_ports().to_vec();
    all.extend(same_port.into_iter().filter(|c| !all.contains(c)).collect::<Vec<_>>());
    all.retain(|candidate| *candidate != given);
    all
}

/// Walks one endpoint without a secret, on addresses that the run knows already.
pub(crate) async fn try_one(
    engine: &Engine,
    host: &Host,
    endpoint: &Endpoint,
    addresses: &[AllowedAddr],
    pen: &Pen,
) -> AlternativeOutcome {
    if !engine.policy.allows_port(endpoint.port) {
        return AlternativeOutcome::NotAllowed;
    }
    let allowed: Result<Vec<AllowedAddr>, _> =
        addresses.iter().map(|a| engine.policy.allow(a.get().ip(), endpoint.port)).collect();
    let Ok(allowed) = allowed else { return AlternativeOutcome::NotAllowed };
    let plan = Plan {
        endpoint,
        host,
        credentials: None,
        not_issued: false,
        sender: None,
        allow_unclean_tls: false,
        reads: false,
        greeting_limit: limits::ALTERNATIVE_GREETING,
    };
    let (pen, seen) = Pen::listening(pen.lane);
    let walked = timeout(limits::ALTERNATIVE, walk(engine, &plan, &allowed, &pen)).await;
    match walked {
        Ok(reached) if reached.clean && reached.offered => AlternativeOutcome::Works,
        Ok(reached) if reached.tls && !reached.clean => AlternativeOutcome::TlsUnclean,
        _ => outcome(&seen.take()),
    }
}

/// What a walk that didn't get through TLS showed.
fn outcome(seen: &[Observation]) -> AlternativeOutcome {
    let mut outcome = AlternativeOutcome::Silent;
    for observation in seen {
        outcome = match observation {
            Observation::ConnectAttempt { outcome: ConnectOutcome::Connected, .. } => {
                AlternativeOutcome::Unusable
            }
            Observation::ConnectAttempt { outcome: ConnectOutcome::Refused, .. }
                if outcome == AlternativeOutcome::Silent =>
            {
                AlternativeOutcome::Closed
            }
            Observation::Greeting { outcome: GreetingOutcome::Foreign, protocol, .. } => {
                AlternativeOutcome::Foreign { protocol: *protocol }
            }
            Observation::TlsHandshake { outcome: TlsOutcome::Plaintext { protocol }, .. } => {
                AlternativeOutcome::Foreign { protocol: *protocol }
            }
            Observation::StartTls { offered: false, .. } => AlternativeOutcome::PlaintextOnly,
            _ => continue,
        };
    }
    outcome
}
