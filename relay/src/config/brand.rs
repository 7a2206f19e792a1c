//! `[brand]`: the names, addresses and looks of whoever runs the relay.

use std::fmt;
use std::path::PathBuf;

use error_model::{
    Names,
    own_words::{Noted, PAGE_TEXTS},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use url::Url;

use super::colour::{Colour, DARK, LIGHT, READABLE};
use super::own_words::OwnWords;

/// Longest name, in characters: it stands in titles and in the page's header.
const NAME_LENGTH: usize = 60;

/// What people see of the relay's operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Brand {
    /// The tool's name.
    pub name: Name,
    /// The product that asks for the mailbox's settings.
    pub product: Name,
    /// Where people get help from a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// An SVG or PNG file, instead of our own mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
    /// The colour of buttons and links by day; by night too, made lighter, where that has none of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Colour>,
    /// The same by night.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_dark: Option<Colour>,
    /// Links at the foot of every page.
    pub links: Vec<Link>,
    /// Texts of the pages in the operator's own words, by their keys.
    #[serde(skip_serializing_if = "OwnWords::is_empty")]
    pub texts: OwnWords,
    /// What the operator adds to what is said of codes and causes, by `006` or `006.name-not-covered`.
    #[serde(skip_serializing_if = "OwnWords::is_empty")]
    pub notes: OwnWords,
}

/// A link of the operator's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it is called in Japanese.
    pub ja: Name,
    /// What it is called in English.
    pub en: Name,
    /// Where it leads: `https:` or `mailto:`.
    pub href: Support,
}

impl Default for Brand {
    fn default() -> Self {
        let Names { product, site } = Names::default();
        Self {
            name: Name(site),
            product: Name(product),
            support: None,
            logo: None,
            accent: None,
            accent_dark: None,
            links: Vec::new(),
            texts: OwnWords::default(),
            notes: OwnWords::default(),
        }
    }
}

impl Brand {
    /// What is wrong with a colour: its key and why.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        for (key, accent, grounds) in
            [("brand.accent", self.accent, LIGHT), ("brand.accent_dark", self.accent_dark, DARK)]
        {
            let Some(accent) = accent else { continue };
            let contrast = grounds.contrast(accent);
            if contrast < READABLE {
                // Rounded down: 4.499 isn't 4.5.
                let shown = (contrast * 100.0).floor() / 100.0;
                let near = grounds.readable(accent);
                return Err((
                    key,
                    format!(
                        "a contrast of {READABLE}:1 to the page is needed, this has {shown}:1; {near} would do"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// What is wrong with a text of the operator's: its key and why.
    pub(super) fn check_words(&self) -> Result<(), (String, String)> {
        let keys: Vec<String> = PAGE_TEXTS.iter().map(|text| text.key.to_owned()).collect();
        self.texts.check("brand.texts", &keys)?;
        self.notes.check("brand.notes", &Noted::all().map(Noted::key).collect::<Vec<_>>())
    }

    /// The names that sentences speak of.
    #[must_use]
    pub fn names(&self) -> Names {
        Names { product: self.product.0.clone(), site: self.name.0.clone() }
    }
}

/// A name that may stand in any sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// Says what can't be part of one.
    pub fn parse(text: &str) -> Result<Self, String> {
        // They mean something in texts with gaps, in Markdown or in HTML.
        const RESERVED: [char; 9] = ['"', '\\', '<', '>', '{', '}', '`', '*', '_'];
        let name = text.trim();
        if name.is_empty() || name.chars().count() > NAME_LENGTH {
            return Err(format!("a name of 1 to {NAME_LENGTH} characters is needed"));
        }
        match name.chars().find(|c| error_model::text::is_control(*c) || RESERVED.contains(c)) {
            Some(c) => Err(format!("a name can't have {c:?} in it")),
            None => Ok(Self(name.to_owned())),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Where people get help: `mailto:help@example.com` or `https://example.com/contact`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support(Url);

impl Support {
    /// The address, for a link.
    #[must_use]
    pub fn href(&self) -> &str {
        self.0.as_str()
    }

    /// The address as people read it: the mail address, or the web address without `https://`.
    #[must_use]
    pub fn label(&self) -> String {
        let address = match self.0.scheme() {
            "mailto" => self.0.path(),
            _ => self.href().trim_start_matches("https://").trim_end_matches('/'),
        };
        address.to_owned()
    }
}

impl Serialize for Support {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.href())
    }
}

impl<'de> Deserialize<'de> for Support {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let url = Url::parse(text.trim()).ok().filter(|url| match url.scheme() {
            "https" => url.username().is_empty() && url.password().is_none(),
            "mailto" => url
                .path()
                .split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()),
            _ => false,
        });
        url.map(Self).ok_or_else(|| {
            D::Error::custom("mailto:ADDRESS or an https: address is needed, like mailto:help@example.com")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_nothing_that_means_something_elsewhere() {
        assert_eq!(Name::parse(" R&D Mail's 窓口 ").unwrap().to_string(), "R&D Mail's 窓口");
        for (typed, named) in
            [("a<b", "'<'"), ("a\"b", "'\"'"), ("{product}", "'{'"), ("a\u{202e}b", "'\\u{202e}'")]
        {
            let refusal = Name::parse(typed).unwrap_err();
            assert!(refusal.contains(named), "{refusal}");
        }
        for typed in ["", "  ", &"x".repeat(61)] {
            assert!(Name::parse(typed).unwrap_err().contains("1 to 60 characters"));
        }
    }

    #[test]
    fn support_is_a_mail_address_or_a_web_address() {
        let read = |text: &str| Support::deserialize(toml::Value::from(text));
        let mail = read("mailto:help@example.com?subject=%22Mail%22").unwrap();
        assert_eq!(mail.label(), "help@example.com");
        assert_eq!(read("https://example.com/contact/").unwrap().label(), "example.com/contact");
        for wrong in [
            "help@example.com",
            "http://example.com",
            "mailto:",
            "javascript:alert(1)",
            "https://a:b@example.com",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
