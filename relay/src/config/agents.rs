//! `[agents.oidc]`: the identity provider at which agents sign in, and which of its people are agents here.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::oauth::issuer;

/// How agents sign in besides with tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgentSettings {
    /// The identity provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc: Option<OidcSettings>,
}

/// The relay as a client of one OpenID provider. The secret stays in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// What the provider calls itself, to the letter (OpenID Connect Discovery section 4.3).
    pub issuer: String,
    /// What people call it; else the issuer's host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The client's identifier, of the registration with the provider.
    pub client_id: String,
    /// A file with the client's secret alone, where the registration has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for besides `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// The claim of the ID token that names groups or roles: a text, or a list of texts.
    #[serde(default = "usual_claim")]
    pub claim: String,
    /// Who are agents: groups, `@example.com` for everybody of a domain, or one person's address.
    #[serde(default)]
    pub agents: Vec<String>,
    /// Who are leads, in the same form.
    #[serde(default)]
    pub leads: Vec<String>,
    /// Take addresses of which the provider doesn't say that it verified them. Only where people can't choose their own.
    #[serde(default)]
    pub unverified_email: bool,
}

fn usual_scopes() -> Vec<String> {
    ["email", "profile"].map(str::to_owned).into()
}

fn usual_claim() -> String {
    "groups".to_owned()
}

impl OidcSettings {
    /// What people call the provider.
    #[must_use]
    pub fn name(&self) -> String {
        let host = || Url::parse(&self.issuer).ok()?.host_str().map(str::to_owned);
        self.name.clone().or_else(host).unwrap_or_else(|| self.issuer.clone())
    }
}

impl AgentSettings {
    /// What the types don't express.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        let Some(oidc) = &self.oidc else { return Ok(()) };
        if issuer(&oidc.issuer).is_none() {
            return Err(("agents.oidc.issuer", "the https address of an issuer is needed".to_owned()));
        }
        if oidc.client_id.is_empty() {
            return Err(("agents.oidc.client_id", "it is empty".to_owned()));
        }
        if oidc.agents.is_empty() && oidc.leads.is_empty() {
            let problem = "`agents` or `leads` must name groups, @domains or addresses: else nobody gets in";
            return Err(("agents.oidc", problem.to_owned()));
        }
        for (key, list) in [("agents.oidc.agents", &oidc.agents), ("agents.oidc.leads", &oidc.leads)] {
            if list.iter().any(|entry| entry.trim().is_empty() || entry.trim() == "@") {
                return Err((key, "an entry is empty".to_owned()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    const GOOD: &str = "[agents.oidc]\nissuer = 'https://login.example.com/realm'\nclient_id = 'desk'\n\
        agents = ['support', '@example.com']\nleads = ['lea@example.com']\n";

    fn read(text: &str) -> Result<Settings, String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|(key, problem)| format!("{key}: {problem}"))?;
        Ok(settings)
    }

    #[test]
    fn a_provider_has_its_usual_scopes_claim_and_name() {
        let settings = read(GOOD).unwrap();
        let oidc = settings.agents.oidc.as_ref().unwrap();
        assert_eq!((oidc.name().as_str(), oidc.claim.as_str()), ("login.example.com", "groups"));
        assert_eq!(oidc.scopes, ["email", "profile"]);
        assert!(!oidc.unverified_email);
        assert_eq!(read(&settings.to_toml().unwrap()).unwrap(), settings, "printed as it is read");
    }

    #[test]
    fn what_can_not_be_used_is_named() {
        for (right, wrong, problem) in [
            ("https://login", "http://login", "agents.oidc.issuer: the https address"),
            ("'desk'", "''", "agents.oidc.client_id: it is empty"),
            ("'support', '@example.com'", "'@'", "agents.oidc.agents: an entry is empty"),
            ("client_id", "client_secret = 'x'\nclient_id", "client_secret"),
        ] {
            let refused = read(&GOOD.replace(right, wrong)).unwrap_err();
            assert!(refused.contains(problem), "{refused}");
        }
        let nobody = "[agents.oidc]\nissuer = 'https://login.example.com'\nclient_id = 'desk'\n";
        assert!(read(nobody).unwrap_err().contains("nobody gets in"));
    }
}
