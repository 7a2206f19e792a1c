//! The provider table of the probe as data: what differs from one mail service to the next, for the error pages.

use std::{fs, path::Path};

use error_model::Lang;
use serde::Deserialize;

use crate::error::Error;

/// Where the table is.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/probe/providers");

/// Those that a reader of each language most likely uses, in that order; the others follow by name.
const FAMILIAR_JA: [&str; 24] = [
    "gmail",
    "google-workspace",
    "microsoft365",
    "outlook-com",
    "icloud",
    "yahoo-japan",
    "sakura",
    "xserver",
    "ocn",
    "biglobe",
    "nifty",
    "so-net",
    "plala",
    "docomo",
    "au",
    "softbank",
    "line-works",
    "lolipop",
    "kagoya",
    "onamae",
    "conoha-wing",
    "heteml",
    "jcom",
    "zoho-jp",
];
const FAMILIAR_EN: [&str; 16] = [
    "gmail",
    "google-workspace",
    "microsoft365",
    "outlook-com",
    "yahoo",
    "icloud",
    "aol",
    "zoho",
    "fastmail",
    "godaddy",
    "ionos",
    "namecheap",
    "comcast",
    "att",
    "rackspace",
    "gmx",
];

/// What the pages need of a provider's file.
#[derive(Debug, Deserialize)]
pub struct Provider {
    /// The name of its file.
    #[serde(skip)]
    pub id: String,
    name: InBoth,
    /// What its user names look like.
    pub user_name: String,
    /// Who may use IMAP and SMTP; nothing said: every customer.
    pub access: Option<String>,
    /// Its own page about it.
    pub help: Option<String>,
    /// Year and month of the last check, `2026-11`.
    pub checked: String,
    certainty: String,
    /// The IMAP server.
    pub imap: Option<Server>,
    /// The SMTP server.
    pub smtp: Option<Server>,
    /// What a sign-in needs.
    pub sign_in: SignIn,
    where_to_change: InBoth,
}

/// A server as the table has it.
#[derive(Debug, Deserialize)]
pub struct Server {
    /// Its name, or a pattern.
    pub host: String,
    /// TCP port.
    pub port: u16,
    host_from: Option<String>,
}

/// What a sign-in needs.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    /// Which password.
    pub password: String,
    /// No password works.
    pub oauth_only: bool,
    /// IMAP is off until somebody switches it on.
    pub imap_must_be_enabled: bool,
    /// Sign-ins from abroad may be refused.
    pub overseas_filter: bool,
}

#[derive(Debug, Deserialize)]
struct InBoth {
    ja: String,
    en: String,
}

impl InBoth {
    fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl Provider {
    /// What it calls itself.
    pub fn name(&self, lang: Lang) -> &str {
        self.name.get(lang)
    }

    /// One sentence on where that is changed.
    pub fn where_to_change(&self, lang: Lang) -> &str {
        self.where_to_change.get(lang)
    }

    /// Server names that only its customers are told.
    pub fn names_servers_itself(&self) -> bool {
        let servers = [&self.imap, &self.smtp];
        servers.into_iter().flatten().any(|server| server.host_from.as_deref() == Some("control-panel"))
    }
}

impl Server {
    /// The same for every customer.
    pub fn is_fixed(&self) -> bool {
        self.host_from.is_none() && !self.host.contains(['*', '{'])
    }
}

/// Reads the whole table. Entries that aren't sure are left out: a page states what it says.
pub fn read() -> Result<Vec<Provider>, Error> {
    let folder = Path::new(FOLDER);
    let mut providers = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        let text = fs::read_to_string(&path).map_err(|e| Error::io(&path, e))?;
        let read: Result<Provider, _> = toml::from_str(&text);
        let provider = read.map_err(|source| Error::Provider { path: path.display().to_string(), source })?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if provider.certainty == "sure" {
            providers.push(Provider { id, ..provider });
        }
    }
    Ok(providers)
}

/// The providers that `holds` is true of, those first that readers of this language most likely use, then by name.
/// With them, how many of them are familiar.
pub fn of(all: &[Provider], lang: Lang, holds: impl Fn(&Provider) -> bool) -> (Vec<&Provider>, usize) {
    let familiar: &[&str] = match lang {
        Lang::Ja => &FAMILIAR_JA,
        Lang::En => &FAMILIAR_EN,
    };
    let rank = |provider: &Provider| familiar.iter().position(|id| *id == provider.id);
    let mut found: Vec<&Provider> = all.iter().filter(|provider| holds(provider)).collect();
    found.sort_by_key(|provider| {
        (rank(provider).unwrap_or(familiar.len()), provider.name(lang).to_lowercase())
    });
    let known = found.iter().filter(|provider| rank(provider).is_some()).count();
    (found, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_familiar_ones_are_in_the_table_and_come_first() {
        let all = read().unwrap();
        for id in FAMILIAR_JA.iter().chain(&FAMILIAR_EN) {
            assert!(Path::new(FOLDER).join(format!("{id}.toml")).is_file(), "{id}");
        }
        let (found, known) = of(&all, Lang::Ja, |provider| provider.sign_in.overseas_filter);
        assert_eq!(found.iter().map(|p| p.id.as_str()).take(2).collect::<Vec<_>>(), ["sakura", "xserver"]);
        assert!(known <= found.len());
    }
}
