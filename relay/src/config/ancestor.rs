//! Who may put the pages of `/embed` into a frame: the sources of `frame-ancestors` (CSP Level 3 §6.4.2).

use std::fmt;
use std::str::FromStr;

use super::Origin;

/// A page that may: an origin, every subdomain of one (`https://*.example.com`), or any page at all (`*`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor(String);

/// What an ancestor may look like.
#[derive(Debug, thiserror::Error)]
#[error("an origin is needed, like https://help.example.com or https://*.example.com; or * for any page")]
pub struct NoAncestor;

impl FromStr for Ancestor {
    type Err = NoAncestor;

    fn from_str(text: &str) -> Result<Self, NoAncestor> {
        if text == "*" {
            return Ok(Self(text.to_owned()));
        }
        // Nothing of a source may end the directive: it is an origin, letter by letter, with or without its wildcard.
        let (scheme, host) = text.split_once("://").ok_or(NoAncestor)?;
        let (wildcard, host) = match host.strip_prefix("*.") {
            Some(rest) => ("*.", rest),
            None => ("", host),
        };
        let origin = Origin::parse(&format!("{scheme}://{host}")).ok_or(NoAncestor)?;
        let (scheme, host) = origin.as_str().split_once("://").ok_or(NoAncestor)?;
        let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
        plain.then(|| Self(format!("{scheme}://{wildcard}{host}"))).ok_or(NoAncestor)
    }
}

impl fmt::Display for Ancestor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_and_wildcards_are_kept_as_browsers_compare_them() {
        for (typed, kept) in [
            ("https://Help.Example.com/", "https://help.example.com"),
            ("https://*.example.com", "https://*.example.com"),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
            ("*", "*"),
        ] {
            assert_eq!(typed.parse::<Ancestor>().unwrap().to_string(), kept);
        }
        for wrong in [
            "help.example.com",
            "https://a.example; script-src *",
            "https://*",
            "'self'",
            "https://a.example/x",
            "https://a.*.example",
            "",
        ] {
            assert!(wrong.parse::<Ancestor>().is_err(), "{wrong}");
        }
    }
}
