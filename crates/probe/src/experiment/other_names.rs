//! The certificate's own names, resolved and compared; and a hello without a name.

use error_model::{Endpoint, evidence::Observation};
use futures::future::join_all;
use tokio::time::timeout;

use super::alternatives;
use crate::{
    certificate::describe,
    egress::AllowedAddr,
    engine::Engine,
    host::Host,
    lane::{Plan, reach_tls, stands},
    limits,
    record::Pen,
    tls::handshake,
};

/// Which of the names lead to the server that was asked for, and whether a connection with such a name passes.
pub(super) async fn resolve(
    engine: &Engine,
    plan: &Plan<'_>,
    names: &[String],
    addresses: &[AllowedAddr],
    pen: &Pen,
) {
    let plain =
        names.iter().filter(|name| !name.starts_with("*.") && matches!(Host::parse(name), Ok(Host::Name(_))));
    let plain = plain.filter(|name| !name.eq_ignore_ascii_case(&plan.host.to_string()));
    let tries = plain.take(limits::NAMES_RESOLVED).map(|name| async move {
        let found = engine.names.addresses(name).await;
        let same_address = addresses.iter().any(|address| found.contains(&address.get().ip()));
        pen.saw(Observation::CertificateName { name: name.clone(), same_address }).await;
        if let Ok(host @ Host::Name(_)) = Host::parse(name)
            && same_address
        {
            let endpoint = Endpoint { host: name.clone(), ..plan.endpoint.clone() };
            let outcome = alternatives::try_one(engine, &host, &endpoint, addresses, pen).await;
            let Endpoint { host, port, security } = endpoint;
            pen.saw(Observation::Alternative { host, port, security, outcome }).await;
        }
    });
    join_all(tries).await;
}

/// Whether the server speaks TLS when no name is asked for, and which of its certificate's names lead to it then.
pub(super) async fn without_server_name(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    pen: &Pen,
) {
    let Some(address) = addresses.first() else { return };
    let nameless = Host::Address(address.get().ip());
    let quiet = Pen::muted(pen.lane);
    let tried = async {
        let tap = reach_tls(engine, plan, addresses, &quiet).await?;
        Some(handshake(tap, &nameless).await)
    };
    if let Ok(Some(shown)) = timeout(limits::ALTERNATIVE.min(engine.run_limit), tried).await {
        pen.saw(Observation::TlsWithoutName { accepted: stands(&shown.outcome) }).await;
        if let Some(own) = shown.chain.first().and_then(describe) {
            resolve(engine, plan, &own.names, addresses, pen).await;
        }
    }
}
