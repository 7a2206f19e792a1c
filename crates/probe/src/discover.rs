//! From an e-mail address to settings: provider table, autoconfig, SRV, MX and guesses, all asked at once.
//!
//! The best trusted answer wins, and all answers are given with their sources. Nothing here signs in anywhere.

mod autoconfig;
mod guess;
mod srv;

use std::time::Duration;

use error_model::{
    discovery::{Discovery, FoundSettings, SettingsSource},
    evidence::DnsRecord,
};
use tokio::time::timeout;

use crate::{
    engine::Engine,
    host::Host,
    providers::{self, Provider, Server},
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
        let (local, domain) =
            whole.rsplit_once('@').filter(|(local, _)| !local.is_empty()).ok_or_else(not)?;
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

/// What the table says for an address; `None` where only the provider's control panel knows the servers.
fn from_table(provider: &Provider, source: SettingsSource, address: &Address) -> Option<FoundSettings> {
    let best = |server: &Option<Server>| server.as_ref()?.endpoints(&address.domain).into_iter().next();
    let (imap, smtp) = (best(&provider.imap), best(&provider.smtp));
    let user = provider.user_name.for_address(&address.whole).map(str::to_owned);
    (imap.is_some() || smtp.is_some()).then(|| FoundSettings {
        source,
        from: provider.name.en.clone(),
        imap,
        smtp,
        user,
    })
}

async fn limited(source: impl Future<Output = Option<FoundSettings>>) -> Option<FoundSettings> {
    timeout(SOURCE, source).await.ok().flatten()
}

fn names_a_server(found: &FoundSettings) -> bool {
    found.imap.is_some() || found.smtp.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_at_its_last_at_and_its_domain_becomes_ascii() {
        let address = Address::parse(" \"a@b\"@例え.jp ").unwrap();
        assert_eq!((address.local.as_str(), address.domain.as_str()), ("\"a@b\"", "xn--r8jz45g.jp"));
        for wrong in ["anna", "@example.com", "anna@", "anna@localhost", "anna@127.0.0.1", "anna@a b.example"]
        {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_table_gives_servers_with_tls_and_the_user_name() {
        let address = Address::parse("anna@gmail.com").unwrap();
        let provider = providers::by_domain("gmail.com").unwrap();
        let found = from_table(provider, SettingsSource::Provider, &address).unwrap();
        assert_eq!(found.imap.unwrap().host, "imap.gmail.com");
        assert_eq!(found.user.as_deref(), Some("anna@gmail.com"));
    }
}
