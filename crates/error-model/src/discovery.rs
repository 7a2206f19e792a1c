//! Settings found for an e-mail address, and where each came from.

use serde::{Deserialize, Serialize};

use crate::Endpoint;

/// Everything that was found for an address, the most trusted first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// The address asked about.
    pub email: String,
    /// All answers; the first is the one to use.
    pub settings: Vec<FoundSettings>,
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
            Self::Mx => "mx",
            Self::InsecureAutoconfig => "insecure-autoconfig",
            Self::Guess => "guess",
        }
    }
}
