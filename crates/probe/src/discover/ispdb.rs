//! A database of settings in the format of Mozilla's ISPDB, where the operator has named one.
//!
//! None is asked by itself: it belongs to somebody else, who would learn which domains are looked up. It's told the
//! domain, never the address.

use error_model::discovery::{FoundSettings, SettingsSource};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Address, autoconfig::fetch};
use crate::engine::Engine;

/// The address of a database: `https://autoconfig.thunderbird.net/v1.1/`. The domain goes after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Database(Url);

/// The text isn't the address of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an https address is needed, such as https://autoconfig.thunderbird.net/v1.1/")]
pub struct NotADatabase;

impl std::str::FromStr for Database {
    type Err = NotADatabase;

    fn from_str(text: &str) -> Result<Self, NotADatabase> {
        let mut url = Url::parse(text.trim()).map_err(|_| NotADatabase)?;
        if url.scheme() != "https" || url.query().is_some() || url.fragment().is_some() {
            return Err(NotADatabase);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }
}

impl TryFrom<String> for Database {
    type Error = NotADatabase;

    fn try_from(text: String) -> Result<Self, NotADatabase> {
        text.parse()
    }
}

impl From<Database> for String {
    fn from(database: Database) -> Self {
        database.0.into()
    }
}

impl Database {
    fn place(&self, domain: &str) -> String {
        format!("{}{domain}", self.0)
    }
}

pub(super) async fn ask(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let place = engine.ispdb.as_ref()?.place(&address.domain);
    fetch(engine, &place, SettingsSource::Ispdb, address).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_asked_over_https_about_the_domain_alone() {
        for text in ["https://autoconfig.example/v1.1", "https://autoconfig.example/v1.1/"] {
            let database: Database = text.parse().unwrap();
            assert_eq!(database.place("example.com"), "https://autoconfig.example/v1.1/example.com");
        }
        for text in ["", "autoconfig.example", "http://autoconfig.example/", "https://a.example/?domain="] {
            assert_eq!(text.parse::<Database>(), Err(NotADatabase), "{text}");
        }
    }
}
