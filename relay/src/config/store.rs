//! Where cases, sessions and shared budgets are kept.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use url::Url;

/// `sqlite:PATH`, or the addresses of NATS servers, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A file, for one relay.
    Sqlite(PathBuf),
    /// Servers that several relays share.
    Nats(Vec<String>),
}

impl StoreAddress {
    /// Where the store is when nothing else is configured: a file in the directory that the service manager gives, or in the
    /// user's own for data of programs.
    #[must_use]
    pub fn default_for(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let directory = set("STATE_DIRECTORY")
            .or_else(|| set("XDG_STATE_HOME").map(|home| home.join("mailtriage")))
            .or_else(|| set("HOME").map(|home| home.join(".local/state/mailtriage")))
            .unwrap_or_default();
        Self::Sqlite(directory.join("mailtriage.db"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            if path.is_empty() {
                return Err("a path is needed after `sqlite:`".to_owned());
            }
            return Ok(Self::Sqlite(path.into()));
        }
        let servers: Vec<&str> = text.split(',').map(str::trim).collect();
        for server in &servers {
            let url = Url::parse(server)
                .ok()
                .filter(|url| matches!(url.scheme(), "nats" | "tls") && url.has_host());
            let Some(url) = url else {
                return Err("`sqlite:PATH` is needed, or NATS servers: nats://HOST:PORT, …".to_owned());
            };
            if !url.username().is_empty() || url.password().is_some() {
                return Err("credentials of NATS belong in `nats.user` and `nats.password_file`".to_owned());
            }
        }
        Ok(Self::Nats(servers.into_iter().map(str::to_owned).collect()))
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Nats(servers) => f.write_str(&servers.join(",")),
        }
    }
}

impl Serialize for StoreAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StoreAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// How the relays of a deployment use NATS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NatsSettings {
    /// The deployment's name: what its stream, subjects and buckets begin with.
    pub name: String,
    /// On how many servers each event is kept: 1, 3 or 5.
    pub replicas: usize,
    /// The user to sign in as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// A file with that user's password on its first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    /// A PEM file of roots for TLS to the servers; with it, TLS is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_anchor: Option<PathBuf>,
}

impl Default for NatsSettings {
    fn default() -> Self {
        Self {
            name: "mailtriage".to_owned(),
            replicas: 1,
            user: None,
            password_file: None,
            trust_anchor: None,
        }
    }
}

impl NatsSettings {
    /// User and password, where both are set.
    ///
    /// # Errors
    /// Names the file that can't be read.
    pub fn credentials(&self) -> Result<Option<(String, String)>, String> {
        let (Some(user), Some(file)) = (&self.user, &self.password_file) else { return Ok(None) };
        first_line(file).map(|password| Some((user.clone(), password)))
    }

    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.name.is_empty() || !self.name.chars().all(plain) {
            return Err(("nats.name", "letters, digits, hyphens and underscores are needed".to_owned()));
        }
        if !matches!(self.replicas, 1 | 3 | 5) {
            return Err(("nats.replicas", "1, 3 or 5 is needed".to_owned()));
        }
        if self.user.is_some() != self.password_file.is_some() {
            return Err(("nats.user", "`nats.user` and `nats.password_file` go together".to_owned()));
        }
        Ok(())
    }
}

/// The first line of a file that holds a secret.
///
/// # Errors
/// Names the file.
fn first_line(file: &std::path::Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    match text.lines().next().map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => Ok(line.to_owned()),
        None => Err(format!("{}: the first line is empty", file.display())),
    }
}

/// How long cases live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseSettings {
    /// Days after which a case is removed, counted from its opening.
    pub retention_days: u16,
}

impl Default for CaseSettings {
    fn default() -> Self {
        Self { retention_days: 30 }
    }
}

impl CaseSettings {
    /// How long cases live.
    #[must_use]
    pub fn retention(&self) -> Duration {
        Duration::from_secs(u64::from(self.retention_days) * 24 * 3600)
    }

    pub(super) fn check(self) -> Result<(), (&'static str, String)> {
        if (1..=365).contains(&self.retention_days) {
            return Ok(());
        }
        Err(("cases.retention_days", "a number from 1 to 365 is needed".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_a_file_or_a_list_of_servers() {
        assert_eq!(StoreAddress::parse("sqlite:/a/b.db"), Ok(StoreAddress::Sqlite("/a/b.db".into())));
        let two = StoreAddress::parse("nats://a:4222, tls://b:4222").unwrap();
        assert_eq!(two, StoreAddress::Nats(vec!["nats://a:4222".into(), "tls://b:4222".into()]));
        assert_eq!(StoreAddress::parse(&two.to_string()), Ok(two));
        for wrong in ["", "sqlite:", "postgres://a", "nats://a,b", "nats://me:secret@a:4222"] {
            assert!(StoreAddress::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn without_configuration_the_file_is_where_programs_keep_their_data() {
        let by = |set: &'static [(&str, &str)]| {
            let found = move |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            StoreAddress::default_for(found).to_string()
        };
        let all = &[("HOME", "/h"), ("XDG_STATE_HOME", "/x"), ("STATE_DIRECTORY", "/var/lib/mailtriage")];
        assert_eq!(by(all), "sqlite:/var/lib/mailtriage/mailtriage.db");
        assert_eq!(by(&all[..2]), "sqlite:/x/mailtriage/mailtriage.db");
        assert_eq!(by(&all[..1]), "sqlite:/h/.local/state/mailtriage/mailtriage.db");
    }
}
