//! Settings found for an e-mail address, and where each came from.

mod provider;

pub use provider::{InBoth, Need, ProviderHint, SaidNeed};

use serde::{Deserialize, Serialize};

use crate::{Endpoint, Lane};

/// Everything that was found for an address, the best answer first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// The address asked about.
    pub email: String,
    /// All answers; the first that names a server is the one to use.
    pub settings: Vec<FoundSettings>,
}

impl Discovery {
    /// A server was found, for one of the services at least.
    #[must_use]
    pub fn found(&self) -> bool {
        self.settings.iter().any(FoundSettings::names_a_server)
    }
}

/// One source's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundSettings {
    /// The kind of source.
    pub source: SettingsSource,
    /// What exactly answered: a provider's name, an address, a DNS name.
    pub from: String,
    /// The IMAP server, where the source names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap: Option<Endpoint>,
    /// The SMTP server, where the source names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp: Option<Endpoint>,
    /// The user name to sign in with, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What came of trying the IMAP server; nothing where it wasn't tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap_trial: Option<Trial>,
    /// What came of trying the SMTP server; nothing where it wasn't tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp_trial: Option<Trial>,
    /// The provider behind it, where the provider table knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Box<ProviderHint>>,
}

impl FoundSettings {
    /// A source's answer that nobody has tried yet.
    #[must_use]
    pub const fn new(source: SettingsSource, from: String) -> Self {
        Self {
            source,
            from,
            imap: None,
            smtp: None,
            user: None,
            imap_trial: None,
            smtp_trial: None,
            provider: None,
        }
    }

    /// The server for a lane.
    #[must_use]
    pub const fn server(&self, lane: Lane) -> Option<&Endpoint> {
        match lane {
            Lane::Imap => self.imap.as_ref(),
            Lane::Smtp => self.smtp.as_ref(),
        }
    }

    /// What came of trying a lane's server.
    #[must_use]
    pub const fn trial(&self, lane: Lane) -> Option<Trial> {
        match lane {
            Lane::Imap => self.imap_trial,
            Lane::Smtp => self.smtp_trial,
        }
    }

    /// One of the two servers is there. A provider whose servers only its customers know names none.
    #[must_use]
    pub const fn names_a_server(&self) -> bool {
        self.imap.is_some() || self.smtp.is_some()
    }

    /// Every server that it names was tried and works.
    #[must_use]
    pub fn works(&self) -> bool {
        let works = |lane| self.server(lane).is_none() || self.trial(lane) == Some(Trial::Works);
        self.names_a_server() && Lane::ALL.into_iter().all(works)
    }

    /// At none of the servers that it names and that were tried does a mail service answer.
    #[must_use]
    pub fn stale(&self) -> bool {
        let tried = || Lane::ALL.into_iter().filter_map(|lane| self.trial(lane));
        tried().next().is_some() && tried().all(|trial| trial == Trial::Silent)
    }
}

/// What came of trying a server without signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trial {
    /// The service answers, over TLS with a certificate that is in order.
    Works,
    /// The service answers, but not over TLS with a certificate that is in order.
    Unclean,
    /// No mail service answers there, or the name leads nowhere.
    Silent,
}

/// Kinds of source. The order is from trusted to guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingsSource {
    /// The provider table knows the mail domain.
    Provider,
    /// The domain's own autoconfig file, over https.
    Autoconfig,
    /// The domain's own SRV records (RFC 6186, RFC 8314).
    Srv,
    /// The database of settings that the operator named knows the domain.
    Ispdb,
    /// The provider table knows the domain's mail exchanger.
    Mx,
    /// The domain's own autoconfig file, over http: anyone on the way could have written it.
    InsecureAutoconfig,
    /// Usual names that exist and answer.
    Guess,
}

impl SettingsSource {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Autoconfig => "autoconfig",
            Self::Srv => "srv",
            Self::Ispdb => "ispdb",
            Self::Mx => "mx",
            Self::InsecureAutoconfig => "insecure-autoconfig",
            Self::Guess => "guess",
        }
    }
}
