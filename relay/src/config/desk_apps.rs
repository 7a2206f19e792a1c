//! `[zendesk]` and `[desk_app]`: help desks that have the app for their agents in a frame beside the ticket.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Origin;

/// The app as installed in Zendesk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZendeskSettings {
    /// A PEM file with the app's public key, with which Zendesk's signatures are checked.
    pub public_key: PathBuf,
    /// The installations that are let in: `https://SUBDOMAIN.zendesk.com/api/v2/apps/installations/NUMBER.json`.
    pub installations: Vec<String>,
    /// What its agents are called here, before their number.
    #[serde(default = "usual_name")]
    pub name: String,
}

fn usual_name() -> String {
    "Zendesk".to_owned()
}

/// Other help desks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeskApp {
    /// Whose pages may frame the app, tell it about a ticket, and take exports.
    pub origins: Vec<Origin>,
}

impl ZendeskSettings {
    /// The host of each installation, which is what its tokens name as their issuer.
    pub fn hosts(&self) -> impl Iterator<Item = String> {
        self.installations.iter().filter_map(|address| host(address))
    }

    /// What the types don't express.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        if self.installations.is_empty() || self.installations.iter().any(|address| host(address).is_none()) {
            let problem = "https://SUBDOMAIN.zendesk.com/api/v2/apps/installations/NUMBER.json is needed";
            return Err(("zendesk.installations", problem.to_owned()));
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 30 {
            return Err(("zendesk.name", "1 to 30 characters are needed".to_owned()));
        }
        Ok(())
    }
}

/// The host of an installation's address, where that is one.
fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let number = url.path().strip_prefix("/api/v2/apps/installations/")?.strip_suffix(".json")?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let host = url.host_str().filter(|host| host.ends_with(".zendesk.com"))?;
    (url.scheme() == "https" && is_number && url.as_str() == address).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    const GOOD: &str = "[zendesk]\npublic_key = '/etc/zendesk.pem'\n\
        installations = ['https://acme.zendesk.com/api/v2/apps/installations/42.json']\n\
        [desk_app]\norigins = ['https://desk.example.com']\n";

    fn read(text: &str) -> Result<Settings, String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|(key, problem)| format!("{key}: {problem}"))?;
        Ok(settings)
    }

    #[test]
    fn an_installation_is_named_in_full_and_printed_as_it_is_read() {
        let settings = read(GOOD).unwrap();
        let zendesk = settings.zendesk.as_ref().unwrap();
        assert_eq!(
            (zendesk.hosts().collect::<Vec<_>>(), zendesk.name.as_str()),
            (vec!["acme.zendesk.com".into()], "Zendesk")
        );
        assert_eq!(read(&settings.to_toml().unwrap()).unwrap(), settings);
        for wrong in [
            "http://acme.zendesk.com/api/v2/apps/installations/42.json",
            "https://acme.zendesk.com.evil.example/api/v2/apps/installations/42.json",
            "https://evil-zendesk.com/api/v2/apps/installations/42.json",
            "https://acme.zendesk.com/api/v2/apps/installations/.json",
            "https://acme.zendesk.com/",
            "acme",
        ] {
            let text = GOOD.replace("https://acme.zendesk.com/api/v2/apps/installations/42.json", wrong);
            assert!(read(&text).unwrap_err().starts_with("zendesk.installations"), "{wrong}");
        }
    }
}
