//! From an e-mail address to settings: provider table, autoconfig, SRV, MX and guesses, all asked at once.
//!
//! What a source names is tried at once, without a secret. The most trusted source whose servers answer comes first, and all
//! answers are given with their sources. Nothing here signs in anywhere.

mod address;
mod autoconfig;
mod gather;
mod guess;
mod hint;
mod ispdb;
mod srv;
mod trial;
mod xml;

pub use address::NotAnAddress;
pub use ispdb::{Database, NotADatabase};

use std::time::Duration;

use error_model::{
    discovery::{Discovery, FoundSettings, SettingsSource},
    evidence::DnsRecord,
};
use futures::FutureExt;

use self::{address::Address, gather::gather, trial::Trials};
use crate::{
    engine::Engine,
    providers::{self, Provider, Server},
};

/// One source's time, without the trial of what it names.
const SOURCE: Duration = Duration::from_secs(6);
/// One server's trial.
const TRIAL: Duration = Duration::from_secs(5);
/// How long the others are waited for once a source of the domain's own has named servers that work.
const GRACE: Duration = Duration::from_millis(2_500);

impl Engine {
    /// Asks every source for the settings of an address.
    ///
    /// # Errors
    /// [`NotAnAddress`] where there is no domain to ask about. Sources that don't answer are left out.
    pub async fn discover(&self, email: &str) -> Result<Discovery, NotAnAddress> {
        let address = &Address::parse(email)?;
        let trials = &Trials::new(self);
        let settings = gather(
            vec![
                async { listed(address) }.boxed(),
                autoconfig::secure(self, address).boxed(),
                autoconfig::insecure(self, address).boxed(),
                srv::ask(self, address).boxed(),
                ispdb::ask(self, address).boxed(),
                self.hoster(address).boxed(),
                guess::ask(trials, address).boxed(),
            ],
            trials,
        )
        .await;
        Ok(Discovery { email: address.whole.clone(), settings: ranked(settings) })
    }

    /// The provider whose mail exchangers the domain uses.
    async fn hoster(&self, address: &Address) -> Option<FoundSettings> {
        let exchanges = self.names.ask(&address.domain, DnsRecord::Mx).await.exchanges;
        let provider = exchanges.iter().find_map(|host| providers::by_mx(host))?;
        Some(from_table(provider, SettingsSource::Mx, address))
    }
}

/// The provider that the domain belongs to.
fn listed(address: &Address) -> Option<FoundSettings> {
    let provider = providers::by_domain(&address.domain)?;
    Some(from_table(provider, SettingsSource::Provider, address))
}

/// What the table says for an address. There are no servers where only the provider's control panel knows them.
fn from_table(provider: &Provider, source: SettingsSource, address: &Address) -> FoundSettings {
    let best = |server: &Option<Server>| server.as_ref()?.endpoints(&address.domain).into_iter().next();
    FoundSettings {
        imap: best(&provider.imap),
        smtp: best(&provider.smtp),
        user: provider.user_name.for_address(&address.whole).map(str::to_owned),
        provider: Some(Box::new(hint::of(provider))),
        ..FoundSettings::new(source, provider.name.en.clone())
    }
}

/// The best first: sources with a server that answers before those of which none does, then by trust. What came over http and
/// says the same as the file that came over https is left out.
fn ranked(mut settings: Vec<FoundSettings>) -> Vec<FoundSettings> {
    let is = |found: &FoundSettings, source| found.source == source;
    let secure = settings.iter().find(|found| is(found, SettingsSource::Autoconfig)).cloned();
    settings.retain(|found| {
        let same = |secure: &FoundSettings| (&secure.imap, &secure.smtp) == (&found.imap, &found.smtp);
        !(is(found, SettingsSource::InsecureAutoconfig) && secure.as_ref().is_some_and(same))
    });
    settings.sort_by_key(|found| (found.stale() || !found.names_a_server(), found.source));
    settings
}

/// What a fuzz target sees of the files that domains publish.
#[cfg(fuzzing)]
pub(crate) fn fuzzing(text: &str) -> Vec<error_model::Endpoint> {
    let address = Address::parse("anna@example.com").expect("it's an address");
    let servers = xml::read(text, &address).map(|servers| [servers.imap, servers.smtp]);
    servers.into_iter().flatten().flatten().collect()
}

#[cfg(test)]
mod tests;
