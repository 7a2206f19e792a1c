//! The table of mail providers: what their servers are called, what a sign-in needs there, and where to change it.
//!
//! One dated TOML file for each provider, in `providers/` beside this crate's `Cargo.toml`, compiled in and parsed once. A
//! provider is found by the domain of an address, by the mail exchanger of a domain, or by the name of a mail server. The
//! table is a source like any other: what it says is offered, never taken for an observation.

mod host_pattern;
mod list;
mod provider;
#[cfg(test)]
mod tests;

pub use provider::{
    Access, Alternative, Certainty, HostFrom, InBoth, Password, Provider, Server, SignIn, UserName,
};

use error_model::evidence::{Observation, ProviderClue};
use std::{collections::HashMap, sync::LazyLock};

/// The providers, and the ways to find one.
struct Table {
    providers: Vec<Provider>,
    /// Mail domains, and parents of mail domains (`*.example.com` under `example.com`), with the provider's place.
    domains: HashMap<String, usize>,
    parents: HashMap<String, usize>,
    exchangers: HashMap<String, usize>,
    hosts: HashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let providers = list::FILES.iter().map(|(id, text)| Provider::from_file(id, text)).collect();
    Table::new(providers)
});

impl Table {
    /// Where two providers claim the same name, the earlier one keeps it: Gmail its servers before Google Workspace.
    fn new(providers: Vec<Provider>) -> Self {
        let mut table = Self {
            providers: Vec::new(),
            domains: HashMap::new(),
            parents: HashMap::new(),
            exchangers: HashMap::new(),
            hosts: HashMap::new(),
        };
        for (place, provider) in providers.iter().enumerate() {
            for domain in &provider.domains {
                match domain.strip_prefix("*.") {
                    Some(parent) => table.parents.entry(parent.to_owned()).or_insert(place),
                    None => table.domains.entry(domain.clone()).or_insert(place),
                };
            }
            for suffix in &provider.mx {
                table.exchangers.entry(suffix.clone()).or_insert(place);
            }
            for host in provider.hosts().filter(|host| !host_pattern::is_pattern(host)) {
                table.hosts.entry(host.to_owned()).or_insert(place);
            }
        }
        table.providers = providers;
        table
    }

    fn at(&self, place: Option<&usize>) -> Option<&Provider> {
        place.and_then(|place| self.providers.get(*place))
    }
}

/// Every provider of the table, the large ones before those that share their servers.
#[must_use]
pub fn all() -> &'static [Provider] {
    &TABLE.providers
}

/// The provider that an address's domain belongs to.
#[must_use]
pub fn by_domain(domain: &str) -> Option<&'static Provider> {
    let domain = plain(domain);
    let exact = TABLE.domains.get(&domain);
    TABLE.at(exact.or_else(|| suffixes(&domain).skip(1).find_map(|parent| TABLE.parents.get(parent))))
}

/// The hoster that a mail exchanger gives away; the longest suffix counts.
#[must_use]
pub fn by_mx(exchanger: &str) -> Option<&'static Provider> {
    TABLE.at(suffixes(&plain(exchanger)).find_map(|suffix| TABLE.exchangers.get(suffix)))
}

/// The provider that runs an IMAP or SMTP server of this name.
#[must_use]
pub fn by_host(host: &str) -> Option<&'static Provider> {
    let host = plain(host);
    TABLE.at(TABLE.hosts.get(&host)).or_else(|| {
        all().iter().find(|provider| provider.hosts().any(|pattern| host_pattern::fits(pattern, &host)))
    })
}

/// The provider by its name in the table.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Provider> {
    all().iter().find(|provider| provider.id == id)
}

/// What is known of a server or an address without asking anybody. The server's name counts before the domain: it's the
/// server that judges a sign-in.
pub(crate) fn known(host: &str, email: Option<&str>) -> Option<Observation> {
    let domain = || by_domain(email?.rsplit_once('@')?.1);
    by_host(host.trim())
        .map(|provider| provider.observation(ProviderClue::Host))
        .or_else(|| domain().map(|provider| provider.observation(ProviderClue::Domain)))
}

/// The names of every server whose name is the same for all customers, for spelling mistakes.
pub fn host_names() -> impl Iterator<Item = &'static str> {
    TABLE.hosts.keys().map(String::as_str)
}

/// Lower case, without the final dot of DNS.
fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// `a.b.c`, `b.c`, `c`.
fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest))
}
