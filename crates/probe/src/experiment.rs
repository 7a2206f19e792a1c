//! Follow-ups: where a lane failed and several causes remain, small tries that tell them apart. None sends a secret.

pub(crate) mod alternatives;
mod hellos;
mod hoster;
mod near_names;
mod other_names;

use error_model::{
    Endpoint, Observed, Security, Step,
    evidence::{
        AlternativeOutcome, CertificateFault, DnsOutcome, DnsRecord, DnsSubject, Observation, TlsOutcome,
    },
};
use tokio::time::sleep;

use near_names::Typed;

use crate::{
    egress::AllowedAddr,
    engine::Engine,
    host::Host,
    lane::Plan,
    limits,
    record::{Pen, Record},
};

/// What was typed is no host name: does the one that was probably meant work?
pub(crate) async fn corrected(engine: &Engine, endpoint: &Endpoint, meant: String, pen: &Pen) {
    near_names::try_all(engine, vec![Endpoint { host: meant, ..endpoint.clone() }], pen).await;
}

/// The name leads to addresses that mustn't be dialled: does the mail domain have other servers?
pub(crate) async fn denied(
    engine: &Engine,
    host: &Host,
    endpoint: &Endpoint,
    email: Option<&str>,
    pen: &Pen,
) {
    let Some((_, domain)) = email.and_then(|e| e.rsplit_once('@')) else { return };
    let (Host::Name(name), Ok(Host::Name(domain))) = (host, Host::parse(domain)) else { return };
    let typed = Typed { name, endpoint, domain: Some(&domain), exchanges: &[] };
    near_names::own_servers(engine, &typed, pen).await;
}

/// The host has no address: is there a near name that has, is the mail domain itself alive, and which servers does it name?
pub(crate) async fn no_address(
    engine: &Engine,
    host: &Host,
    endpoint: &Endpoint,
    email: Option<&str>,
    record: &Record,
    pen: &Pen,
) {
    let domain = email.and_then(|e| e.rsplit_once('@')).map(|(_, domain)| Host::parse(domain));
    let domain = match &domain {
        Some(Ok(Host::Name(domain))) => Some(domain.as_str()),
        _ => None,
    };
    let exchanges = match domain {
        Some(domain) => mail_domain(engine, domain, pen).await,
        None => Vec::new(),
    };
    // A name server that doesn't answer for this name leaves open whether another one was meant.
    let certain = record.evidence().observations.iter().any(|o| o.lane == pen.lane && denies(&o.observation));
    if let (Host::Name(name), true) = (host, certain) {
        near_names::look(engine, &Typed { name, endpoint, domain, exchanges: &exchanges }, pen).await;
    }
}

/// Whether the mail domain takes mail at all; gives its exchangers.
async fn mail_domain(engine: &Engine, domain: &str, pen: &Pen) -> Vec<String> {
    let ask = |record| engine.names.observe(domain, record, DnsSubject::MailDomain);
    let ((mx, seen_mx), (_, seen_a), (_, seen_aaaa)) =
        futures::join!(ask(DnsRecord::Mx), ask(DnsRecord::A), ask(DnsRecord::Aaaa));
    for answer in [seen_mx, seen_a, seen_aaaa] {
        pen.saw(answer).await;
    }
    mx.exchanges
}

/// The lane hasn't come past the first words of the server yet: tries its other ports meanwhile, so that nobody waits for
/// them once the lane has failed. Ends without a try where the lane is further.
pub(crate) async fn ahead(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    record: &Record,
    pen: &Pen,
) -> Option<Vec<Observation>> {
    sleep(limits::PATIENCE).await;
    match record.current(pen.lane) {
        Some(Step::Connect | Step::Greeting | Step::Tls) => {
            Some(alternatives::try_all(engine, plan, addresses, pen).await)
        }
        _ => None,
    }
}

/// The tries show that the port, asked for in clear, speaks TLS from the first byte.
pub(crate) fn waits_for_tls(tried: &[Observation], asked: &Endpoint) -> bool {
    asked.security != Security::Tls
        && tried.iter().any(|o| {
            matches!(
                o,
                Observation::Alternative {
                    port,
                    security: Security::Tls,
                    outcome: AlternativeOutcome::Works | AlternativeOutcome::TlsUnclean,
                    ..
                } if *port == asked.port
            )
        })
}

/// Looks at how the lane ended, and follows up. `ahead` is what came of the other ports, where they were tried already.
pub(crate) async fn follow_up(
    engine: &Engine,
    plan: &Plan<'_>,
    addresses: &[AllowedAddr],
    ahead: Option<Vec<Observation>>,
    record: &Record,
    pen: &Pen,
) {
    let evidence = record.evidence();
    let Some(step) = evidence.failed_step(pen.lane) else { return };
    let lane = |o: &&Observed| o.lane == pen.lane;
    let seen: Vec<&Observation> = evidence.observations.iter().filter(lane).map(|o| &o.observation).collect();
    match step {
        Step::Connect | Step::Greeting | Step::Tls => {
            let old_hello = async {
                if seen.iter().any(|o| hellos::could_tell(o)) {
                    hellos::send(engine, plan, addresses, pen).await;
                }
            };
            let other_ports = async {
                let tried = match ahead {
                    Some(tried) => tried,
                    None => alternatives::try_all(engine, plan, addresses, pen).await,
                };
                write(tried, pen).await;
            };
            futures::join!(other_ports, old_hello);
            if seen.iter().any(|o| name_rejected(o)) {
                other_names::without_server_name(engine, plan, addresses, pen).await;
            }
        }
        Step::Certificate => {
            let names = async {
                for names in seen.iter().filter_map(|o| mismatched_names(o)) {
                    other_names::resolve(engine, plan, names, addresses, pen).await;
                }
            };
            let other_ports = async {
                write(alternatives::try_other_ports(engine, plan, addresses, pen).await, pen).await;
            };
            futures::join!(other_ports, names);
        }
        Step::SignIn if !seen.iter().any(|o| matches!(o, Observation::Provider { .. })) => {
            hoster::ask(engine, plan.sender, pen).await;
        }
        _ => {}
    }
}

/// DNS says for certain that the host has no address.
fn denies(observation: &Observation) -> bool {
    let answer = observation.dns_answer().filter(|answer| answer.subject == DnsSubject::Host);
    answer.is_some_and(|answer| matches!(answer.outcome, DnsOutcome::NxDomain | DnsOutcome::NoData))
}

async fn write(seen: Vec<Observation>, pen: &Pen) {
    for observation in seen {
        pen.saw(observation).await;
    }
}

/// The alert `unrecognized_name` (RFC 6066 §3).
fn name_rejected(observation: &Observation) -> bool {
    matches!(observation, Observation::TlsHandshake { outcome: TlsOutcome::Alert { number: 112, .. }, .. })
}

fn mismatched_names(observation: &Observation) -> Option<&[String]> {
    let Observation::CertificateVerdict { faults, .. } = observation else { return None };
    faults.iter().find_map(|fault| match fault {
        CertificateFault::NameMismatch { names, .. } => Some(names.as_slice()),
        _ => None,
    })
}
