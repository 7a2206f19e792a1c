//! One provider, as its file says it.

use error_model::{
    Endpoint, Lang, Security,
    evidence::{Observation, ProviderClue},
};
use serde::Deserialize;

use super::host_pattern;

/// A provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The name of its file: stable, lower case, with hyphens.
    #[serde(skip)]
    pub id: &'static str,
    /// What it calls itself.
    pub name: InBoth,
    /// Mail domains of its own; `*.example.com` for every domain below.
    pub domains: Vec<String>,
    /// Suffixes of mail exchangers that give it away as the hoster of a domain.
    pub mx: Vec<String>,
    /// Further names of its mail servers: older ones, or those that a customer may be told instead.
    #[serde(default)]
    pub other_hosts: Vec<String>,
    /// The user name it wants.
    pub user_name: UserName,
    /// Who may use IMAP and SMTP there.
    #[serde(default)]
    pub access: Access,
    /// Its own page about it, where the address is certain.
    pub help: Option<String>,
    /// Year and month of the last check, `2026-11`.
    pub checked: String,
    /// How sure the servers and the sign-in are.
    pub certainty: Certainty,
    /// What that rests on.
    pub source: String,
    /// The IMAP server; `None` where there is none, or none is confirmed.
    pub imap: Option<Server>,
    /// The SMTP server for sending; `None` as above.
    pub smtp: Option<Server>,
    /// What a sign-in needs.
    pub sign_in: SignIn,
    /// One sentence on where the person or the administrator changes that.
    pub where_to_change: InBoth,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InBoth {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// Who may use IMAP and SMTP.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Every customer.
    #[default]
    Everyone,
    /// Those who pay for it.
    PaidPlan,
    /// Those who have ordered it.
    OnRequest,
    /// Programs on the person's own computer alone, by the provider's bridge.
    LocalBridge,
    /// Nobody.
    None,
}

/// What a user name looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserName {
    /// The whole address.
    Address,
    /// The part before the @.
    LocalPart,
    /// A name that the address doesn't tell: the provider gave it.
    Account,
}

/// How sure an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// A maintained list, the provider's own words, or many independent uses say so.
    Sure,
    /// One source, an undated one, or part of it recalled.
    Fair,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Its name, or a pattern where it differs by customer: `sv*.xserver.jp`, `mail.{domain}`.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// What the port speaks.
    pub security: Security,
    /// How the name is found out.
    #[serde(default)]
    pub host_from: HostFrom,
    /// The port speaks otherwise than its number says.
    #[serde(default)]
    pub unusual_port: bool,
    /// What works too, the better one first.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
}

/// How a server's name is found out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostFrom {
    /// It is the same for every customer.
    #[default]
    Fixed,
    /// It follows from the mail domain.
    MailDomain,
    /// The provider's control panel, or the letter that came with the contract, shows it.
    ControlPanel,
}

/// Another way to the same service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Another host; `None`: the same.
    pub host: Option<String>,
    /// TCP port.
    pub port: u16,
    /// What the port speaks.
    pub security: Security,
}

/// What a sign-in needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Which password.
    pub password: Password,
    /// No password works, only OAuth.
    pub oauth_only: bool,
    /// IMAP (or access by other programs) is off until someone switches it on.
    pub imap_must_be_enabled: bool,
    /// It may refuse sign-ins from outside its country.
    pub overseas_filter: bool,
}

/// Which password a mail program needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Password {
    /// That of the account.
    Account,
    /// One made for the program; the account's own never works.
    AppPassword,
    /// That of the account, or one made for the program once sign-in takes two steps.
    AppPasswordWithTwoSteps,
    /// One for mail, set apart from that of the members' pages or the control panel.
    Separate,
}

impl Provider {
    /// Reads a file of the table.
    ///
    /// # Panics
    /// Where a file that is compiled in can't be read; a test reads them all.
    pub(super) fn from_file(id: &'static str, text: &str) -> Self {
        let read: Result<Self, _> = toml::from_str(text);
        Self { id, ..read.unwrap_or_else(|error| panic!("{id}.toml: {error}")) }
    }

    /// What the table says of it, as the diagnosis takes it in.
    pub(crate) fn observation(&self, clue: ProviderClue) -> Observation {
        Observation::Provider {
            id: self.id.to_owned(),
            name: self.name.en.clone(),
            name_ja: Some(&self.name.ja).filter(|name| **name != self.name.en).cloned(),
            clue,
            app_password: self.sign_in.password.is_app_password(),
            oauth_only: self.sign_in.oauth_only,
            off_by_default: self.sign_in.imap_must_be_enabled,
            overseas_filter: self.sign_in.overseas_filter,
            user_name: Some(self.user_name.as_str().to_owned()),
        }
    }

    /// Every server name of its file, patterns among them.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        let servers = || [&self.imap, &self.smtp].into_iter().flatten();
        let alternatives = servers().flat_map(|server| &server.alternatives);
        servers()
            .map(|server| server.host.as_str())
            .chain(alternatives.filter_map(|alternative| alternative.host.as_deref()))
            .chain(self.other_hosts.iter().map(String::as_str))
    }
}

impl Server {
    /// Where to connect for an address of this domain, the best way first. Empty where only the provider can tell the name.
    #[must_use]
    pub fn endpoints(&self, domain: &str) -> Vec<Endpoint> {
        let own = (self.host.as_str(), self.port, self.security);
        let others = self
            .alternatives
            .iter()
            .map(|other| (other.host.as_deref().unwrap_or(&self.host), other.port, other.security));
        std::iter::once(own)
            .chain(others)
            .filter_map(|(host, port, security)| {
                Some(Endpoint { host: host_pattern::for_domain(host, domain)?, port, security })
            })
            .collect()
    }
}

impl UserName {
    /// The word for it in the files and in the evidence.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::LocalPart => "local-part",
            Self::Account => "account",
        }
    }

    /// The user name for an address; `None` where the address doesn't tell.
    #[must_use]
    pub fn for_address<'a>(&self, address: &'a str) -> Option<&'a str> {
        match self {
            Self::Address => Some(address),
            Self::LocalPart => address.rsplit_once('@').map(|(local, _)| local),
            Self::Account => None,
        }
    }
}

impl Password {
    /// The account's own password never works.
    #[must_use]
    pub const fn is_app_password(self) -> bool {
        matches!(self, Self::AppPassword)
    }
}

impl InBoth {
    /// In one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}
