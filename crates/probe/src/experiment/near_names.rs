//! A name without an address: is there one close to it that has one, and does a connection with that one pass? And what
//! servers does the mail domain itself name?

use error_model::{Endpoint, Lane, Security, evidence::AlternativeOutcome, evidence::Observation};
use futures::future::join_all;

use super::alternatives::try_one;
use crate::{engine::Engine, host::Host, limits, providers, record::Pen};

/// The labels that mail hosts of a domain usually begin with.
const LABELS: &[&str] = &["imap", "mail", "smtp", "pop", "mx"];

/// The furthest edit distance that still counts as a slip of the keyboard.
const FURTHEST: usize = 3;

/// What is known before the search: the name typed, and where it stands.
pub(super) struct Typed<'a> {
    /// The name, in its ASCII form.
    pub name: &'a str,
    /// The server asked for; its port and mode go for every name that is tried.
    pub endpoint: &'a Endpoint,
    /// The domain of the e-mail address, in its ASCII form.
    pub domain: Option<&'a str>,
    /// The domain's mail exchangers.
    pub exchanges: &'a [String],
}

/// Resolves the nearest names and tries those that exist; then, where none of them works, the servers that the mail domain
/// declares or that usually have its mail. What exists and what was tried becomes evidence, the nearest first.
pub(super) async fn look(engine: &Engine, typed: &Typed<'_>, pen: &Pen) {
    let declared = declared(engine, typed.domain, pen.lane).await;
    let near = candidates(typed, declared.iter().map(|endpoint| endpoint.host.clone()));
    let exist = near.into_iter().take(limits::NEAR_NAMES).map(|(distance, name)| async move {
        let exists = !engine.names.addresses(&name).await.is_empty();
        exists.then_some((distance, name))
    });
    let exist: Vec<(usize, String)> = join_all(exist).await.into_iter().flatten().collect();
    for (distance, name) in &exist {
        let distance = u32::try_from(*distance).unwrap_or(u32::MAX);
        pen.saw(Observation::NearName { name: name.clone(), distance }).await;
    }
    let near =
        exist.into_iter().map(|(_, host)| Endpoint { host, ..typed.endpoint.clone() }).collect::<Vec<_>>();
    if !try_all(engine, near, pen).await {
        try_own(engine, typed, declared, pen).await;
    }
}

/// Tries the servers that the mail domain declares, or that usually have its mail.
pub(super) async fn own_servers(engine: &Engine, typed: &Typed<'_>, pen: &Pen) {
    let declared = declared(engine, typed.domain, pen.lane).await;
    try_own(engine, typed, declared, pen).await;
}

async fn try_own(engine: &Engine, typed: &Typed<'_>, declared: Vec<Endpoint>, pen: &Pen) {
    let usual = typed.domain.into_iter().flat_map(|domain| usual_names(domain, pen.lane));
    let usual = usual.map(|host| Endpoint { host, ..typed.endpoint.clone() });
    let others = declared.into_iter().chain(usual).filter(|endpoint| endpoint.host != typed.name);
    try_all(engine, others.collect(), pen).await;
}

/// Tries the first few side by side, each without a secret; whether one works.
pub(super) async fn try_all(engine: &Engine, endpoints: Vec<Endpoint>, pen: &Pen) -> bool {
    let tries = endpoints.into_iter().take(limits::NEAR_NAMES_TRIED).map(|endpoint| async move {
        let host = Host::parse(&endpoint.host).ok()?;
        let addresses = engine.allowed_addresses(&host, endpoint.port).await.ok()?;
        let outcome = try_one(engine, &host, &endpoint, &addresses, pen).await;
        Some((endpoint, outcome))
    });
    let mut works = false;
    for (Endpoint { host, port, security }, outcome) in join_all(tries).await.into_iter().flatten() {
        works |= outcome == AlternativeOutcome::Works;
        pen.saw(Observation::Alternative { host, port, security, outcome }).await;
    }
    works
}

/// The servers that the domain's SRV records name for a service (RFC 6186 §3, RFC 8314 §5.1).
async fn declared(engine: &Engine, domain: Option<&str>, lane: Lane) -> Vec<Endpoint> {
    let Some(domain) = domain else { return Vec::new() };
    let services = match lane {
        Lane::Imap => [("imaps", Security::Tls), ("imap", Security::StartTls)],
        Lane::Smtp => [("submissions", Security::Tls), ("submission", Security::StartTls)],
    };
    let ask = services.map(|(service, security)| async move {
        let (host, port) = engine.names.service(&format!("_{service}._tcp.{domain}")).await?;
        engine.policy.allows_port(port).then_some(Endpoint { host, port, security })
    });
    join_all(ask).await.into_iter().flatten().collect()
}

/// Where a domain's mailboxes usually are.
fn usual_names(domain: &str, lane: Lane) -> [String; 2] {
    let own = match lane {
        Lane::Imap => "imap",
        Lane::Smtp => "smtp",
    };
    [format!("{own}.{domain}"), format!("mail.{domain}")]
}

/// Names near to the one typed, the nearest first.
fn candidates(typed: &Typed<'_>, declared: impl Iterator<Item = String>) -> Vec<(usize, String)> {
    let own = typed.domain.into_iter().flat_map(|domain| {
        let domain = domain.to_ascii_lowercase();
        LABELS.iter().map(move |label| format!("{label}.{domain}"))
    });
    let known = providers::host_names().map(str::to_owned);
    let mut near: Vec<(usize, String)> = own
        .chain(declared)
        .chain(typed.exchanges.iter().map(|name| name.to_ascii_lowercase()))
        .chain(known)
        .chain(repaired_endings(typed.name))
        .map(|name| (strsim::osa_distance(typed.name, &name), name))
        .filter(|(distance, name)| (1..=FURTHEST).contains(distance) && distance * 4 <= name.len())
        .collect();
    near.sort();
    near.dedup();
    near
}

/// Endings that the keyboard turns into others.
fn repaired_endings(typed: &str) -> Vec<String> {
    const SLIPS: &[(&str, &str)] = &[
        (".con", ".com"),
        (".cmo", ".com"),
        (".ocm", ".com"),
        (".co", ".com"),
        (".comm", ".com"),
        (".ne.jo", ".ne.jp"),
        (".co.jo", ".co.jp"),
        (".jo", ".jp"),
        (".nte", ".net"),
        (".ent", ".net"),
        (".ogr", ".org"),
    ];
    let mend = |(wrong, right): &(&str, &str)| typed.strip_suffix(wrong).map(|stem| format!("{stem}{right}"));
    SLIPS.iter().filter_map(mend).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(name: &str, domain: Option<&str>, exchanges: &[&str], declared: &[&str]) -> Option<String> {
        let endpoint = Endpoint { host: name.to_owned(), port: 993, security: Security::Tls };
        let exchanges: Vec<String> = exchanges.iter().map(|&name| name.to_owned()).collect();
        let typed = Typed { name, endpoint: &endpoint, domain, exchanges: &exchanges };
        let declared = declared.iter().map(|&name| name.to_owned());
        candidates(&typed, declared).into_iter().next().map(|(_, name)| name)
    }

    #[test]
    fn slips_lead_to_the_name_that_was_meant() {
        for (name, domain, meant) in [
            ("imap.gmial.com", None, Some("imap.gmail.com")),
            ("imap.example.con", None, Some("imap.example.com")),
            ("imap.exmaple.jp", Some("example.jp"), Some("imap.example.jp")),
            ("something-else.example.org", Some("example.jp"), None),
        ] {
            assert_eq!(nearest(name, domain, &[], &[]).as_deref(), meant, "{name}");
        }
    }

    #[test]
    fn the_domain_s_own_mail_hosts_are_near_whatever_they_are_called() {
        let typed = "sv12.hostr.example";
        assert_eq!(
            nearest(typed, Some("example.jp"), &["SV12.hoster.example"], &[]).as_deref(),
            Some("sv12.hoster.example")
        );
        assert_eq!(
            nearest(typed, Some("example.jp"), &[], &["sv12.hostr1.example"]).as_deref(),
            Some("sv12.hostr1.example")
        );
        assert_eq!(nearest(typed, Some("example.jp"), &["mx.elsewhere.example"], &[]), None);
    }
}
