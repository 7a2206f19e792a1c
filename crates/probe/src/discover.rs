//! From an e-mail address to settings: provider table, autoconfig, SRV, MX and guesses, all asked at once.
//!
//! The best trusted answer wins, and all answers are given with their sources. Nothing here signs in anywhere.

mod autoconfig;
mod guess;
mod srv;

use std::time::Duration;

use error_model::{
    Endpoint, Security,
    discovery::{Discovery, FoundSettings, SettingsSource},
    evidence::DnsRecord,
};
use tokio::time::timeout;

use crate::{
    engine::Engine,
    host::Host,
    providers::{self, Provider, UserName},
};

/// One source's time; the slowest decides how long a person waits.
const SOURCE: Duration = Duration::from_secs(8);

/// The address can't be asked about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} isn't an e-mail address: it needs the form name@example.com")]
pub struct NotAnAddress(pub String);

/// An address cut at its last `@`, the domain in its ASCII form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub whole: String,
    pub local: String,
    pub domain: String,
}

impl Address {
    fn parse(email: &str) -> Result<Self, NotAnAddress> {
        let not = || NotAnAddress(error_model::text::escape(email));
        let whole = email.trim();
        let (local, domain) = whole.rsplit_once('@').filter(|(local, _)| !local.is_empty()).ok_or_else(not)?;
        match Host::parse(domain) {
            Ok(Host::Name(domain)) if domain.contains('.') => {
                Ok(Self { whole: whole.to_owned(), local: local.to_owned(), domain })
            }
            _ => Err(not()),
        }
    }
}

impl Engine {
    /// Asks every source for the settings of an address.
    ///
    /// # Errors
    /// [`NotAnAddress`] where there is no domain to ask about. Sources that don't answer are left out.
    pub async fn discover(&self, email: &str) -> Result<Discovery, NotAnAddress> {
        let address = Address::parse(email)?;
        let listed = providers::by_domain(&address.domain)
            .and_then(|provider| from_table(provider, SettingsSource::Provider, &address));
        let (own, srv, mx, guess) = futures::join!(
            limited(autoconfig::ask(self, &address)),
            limited(srv::ask(self, &address)),
            limited(self.hoster(&address)),
            limited(guess::ask(self, &address)),
        );
        let mut settings: Vec<FoundSettings> =
            [listed, own, srv, mx, guess].into_iter().flatten().filter(names_a_server).collect();
        settings.sort_by_key(|found| found.source);
        Ok(Discovery { email: address.whole, settings })
    }

    /// The provider whose mail exchangers the domain uses.
    async fn hoster(&self, address: &Address) -> Option<FoundSettings> {
        let exchanges = self.names.ask(&address.domain, DnsRecord::Mx).await.exchanges;
        let provider = exchanges.iter().find_map(|host| providers::by_mx(host))?;
        from_table(provider, SettingsSource::Mx, address)
    }
}

async fn limited(source: impl Future<Output = Option<FoundSettings>>) -> Option<FoundSettings> {
    timeout(SOURCE, source).await.ok().flatten()
}

fn names_a_server(found: &FoundSettings) -> bool {
    found.imap.is_some() || found.smtp.is_some()
}
