//! `[[oauth]]`: who may be asked for access tokens, and who the relay is to them.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use url::Url;

/// The relay as a client of one issuer (RFC 6749 section 2). The secret stays in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuthClient {
    /// What the page and the command line call it: lower-case letters, digits and hyphens.
    pub id: String,
    /// Whose accounts.
    pub kind: OAuthKind,
    /// What people call it; `kind` has a usual name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The client's identifier, of the registration with the issuer.
    pub client_id: String,
    /// A file with the client's secret alone, where the registration has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for; `kind` has its usual scopes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

/// Whose accounts a client is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OAuthKind {
    /// Microsoft 365 and Outlook.com.
    Microsoft,
    /// Gmail and Google Workspace.
    Google,
    /// An issuer that publishes its endpoints (OpenID Connect Discovery, RFC 8414).
    Issuer(Url),
}

impl OAuthClient {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        match (&self.name, &self.kind) {
            (Some(name), _) => name,
            (None, OAuthKind::Microsoft) => "Microsoft",
            (None, OAuthKind::Google) => "Google",
            (None, OAuthKind::Issuer(url)) => url.host_str().unwrap_or(&self.id),
        }
    }

    /// What is asked for: as little as a check needs. No refresh token: one run needs one access token.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        let usual: &[&str] = match self.kind {
            _ if !self.scopes.is_empty() => return self.scopes.clone(),
            OAuthKind::Microsoft => &[
                "openid",
                "email",
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
            ],
            OAuthKind::Google => &["openid", "email", "https://mail.google.com/"],
            OAuthKind::Issuer(_) => &["openid", "email"],
        };
        usual.iter().map(|scope| (*scope).to_owned()).collect()
    }
}

/// What the types don't express.
pub(super) fn check(clients: &[OAuthClient]) -> Result<(), String> {
    for (at, client) in clients.iter().enumerate() {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if client.id.is_empty() || client.id.len() > 32 || !client.id.chars().all(plain) {
            return Err(format!(
                "id {:?}: at most 32 lower-case letters, digits and hyphens are needed",
                client.id
            ));
        }
        if clients[..at].iter().any(|earlier| earlier.id == client.id) {
            return Err(format!("id {:?} is there twice", client.id));
        }
        if client.client_id.is_empty() {
            return Err(format!("{}: client_id is empty", client.id));
        }
    }
    Ok(())
}

/// The address that an issuer publishes its endpoints below (OpenID Connect Discovery section 3, RFC 8414 section 2).
pub(super) fn issuer(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| {
        url.scheme() == "https" && url.has_host() && url.query().is_none() && url.fragment().is_none()
    })
}

impl Serialize for OAuthKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Microsoft => "microsoft",
            Self::Google => "google",
            Self::Issuer(url) => url.as_str(),
        })
    }
}

impl<'de> Deserialize<'de> for OAuthKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "microsoft" => return Ok(Self::Microsoft),
            "google" => return Ok(Self::Google),
            _ => {}
        }
        issuer(&text)
            .map(Self::Issuer)
            .ok_or_else(|| D::Error::custom("microsoft, google or the https address of an issuer is needed"))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    fn read(text: &str) -> Result<Settings, String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|(key, problem)| format!("{key}: {problem}"))?;
        Ok(settings)
    }

    #[test]
    fn each_kind_has_its_name_and_its_scopes() {
        let settings = read(
            "[[oauth]]\nid = 'microsoft'\nkind = 'microsoft'\nclient_id = 'a'\n\
             [[oauth]]\nid = 'google'\nkind = 'google'\nclient_id = 'b'\nclient_secret_file = '/run/secret'\n\
             [[oauth]]\nid = 'ours'\nkind = 'https://login.example.com/realm'\nclient_id = 'c'\nscopes = ['mail']\n",
        )
        .unwrap();
        let names: Vec<&str> = settings.oauth.iter().map(super::OAuthClient::name).collect();
        assert_eq!(names, ["Microsoft", "Google", "login.example.com"]);
        assert!(settings.oauth[0].scopes().iter().all(|scope| !scope.contains("offline")));
        assert_eq!(settings.oauth[2].scopes(), ["mail"]);
        assert_eq!(read(&settings.to_toml().unwrap()).unwrap(), settings, "printed as it is read");
    }

    #[test]
    fn what_can_not_be_used_is_named() {
        for (text, problem) in [
            ("id = 'a'\nkind = 'http://login.example.com'\nclient_id = 'b'", "https address"),
            ("id = 'A b'\nkind = 'google'\nclient_id = 'b'", "id \"A b\""),
            ("id = 'a'\nkind = 'google'\nclient_id = ''", "client_id is empty"),
            ("id = 'a'\nkind = 'google'\nclient_id = 'b'\nclient_secret = 'c'", "client_secret"),
        ] {
            let refused = read(&format!("[[oauth]]\n{text}")).unwrap_err();
            assert!(refused.contains(problem), "{refused}");
        }
        let twice = "[[oauth]]\nid = 'a'\nkind = 'google'\nclient_id = 'b'\n".repeat(2);
        assert!(read(&twice).unwrap_err().contains("twice"));
    }
}
