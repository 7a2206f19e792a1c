//! Web origins (RFC 6454): scheme, host and port, compared as one exact text.

use std::fmt;
use std::net::SocketAddr;

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use url::Url;

/// An origin in the form that a browser sends: `https://mail.example.com`, with the port only where it isn't usual.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin; `None` where there's more to it than scheme, host and port, or where it isn't a web address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        (matches!(url.scheme(), "http" | "https") && bare && anonymous)
            .then(|| Self(url.origin().ascii_serialization()))
    }

    /// The origins under which a browser on this machine sees a relay that listens on `address`.
    #[must_use]
    pub fn local(scheme: &str, address: SocketAddr) -> Vec<Self> {
        let port = address.port();
        [format!("{scheme}://{address}"), format!("{scheme}://localhost:{port}")]
            .iter()
            .filter_map(|text| Self::parse(text))
            .collect()
    }

    /// The text that an `Origin` header must equal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(
                "an origin is needed: a scheme, a host and perhaps a port, like https://mail.example.com",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_kept_in_the_form_that_browsers_send() {
        for (typed, kept) in [
            ("https://Mail.Example.com", "https://mail.example.com"),
            ("https://mail.example.com:443/", "https://mail.example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(Origin::parse(typed).as_ref().map(Origin::as_str), Some(kept), "{typed}");
        }
    }

    #[test]
    fn more_than_an_origin_is_refused() {
        for typed in [
            "https://a.example/path",
            "https://a.example/?q",
            "https://me@a.example",
            "ftp://a.example",
            "*",
            "",
        ] {
            assert_eq!(Origin::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_browser_on_this_machine_uses_the_address_or_localhost() {
        let local = Origin::local("http", "127.0.0.1:8080".parse().unwrap());
        let texts: Vec<&str> = local.iter().map(Origin::as_str).collect();
        assert_eq!(texts, ["http://127.0.0.1:8080", "http://localhost:8080"]);
    }
}
