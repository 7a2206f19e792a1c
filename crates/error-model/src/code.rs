//! The twelve codes that a person can meet, and `ok`.

use serde::{Deserialize, Serialize};

/// A code of the catalogue. Codes are stable: never renamed, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// The server couldn't be found or reached.
    #[serde(rename = "001")]
    E001,
    /// The server was reached, but no connection could be established.
    #[serde(rename = "002")]
    E002,
    /// The connection failed for a reason that nobody knows.
    #[serde(rename = "003")]
    E003,
    /// The server offers no TLS, or no certificate.
    #[serde(rename = "004")]
    E004,
    /// A certificate is there, but not a trustworthy one.
    #[serde(rename = "005")]
    E005,
    /// The certificate's name isn't the name connected to.
    #[serde(rename = "006")]
    E006,
    /// Who issued the certificate, or what it says, can't be verified.
    #[serde(rename = "007")]
    E007,
    /// A general TLS error.
    #[serde(rename = "008")]
    E008,
    /// User name and password weren't accepted.
    #[serde(rename = "009")]
    E009,
    /// OAuth consent succeeded, but the sign-in fails.
    #[serde(rename = "auth")]
    Auth,
    /// The first synchronisation never finishes.
    #[serde(rename = "first-sync")]
    FirstSync,
    /// The authorisation was revoked.
    #[serde(rename = "reconnect")]
    Reconnect,
    /// Every step passed from here.
    #[serde(rename = "ok")]
    Ok,
}

impl Code {
    /// The twelve faults, in catalogue order; [`Code::Ok`] isn't one of them.
    pub const FAULTS: [Self; 12] = [
        Self::E001,
        Self::E002,
        Self::E003,
        Self::E004,
        Self::E005,
        Self::E006,
        Self::E007,
        Self::E008,
        Self::E009,
        Self::Auth,
        Self::FirstSync,
        Self::Reconnect,
    ];

    /// The code as people and addresses write it: `006`, `first-sync`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::E001 => "001",
            Self::E002 => "002",
            Self::E003 => "003",
            Self::E004 => "004",
            Self::E005 => "005",
            Self::E006 => "006",
            Self::E007 => "007",
            Self::E008 => "008",
            Self::E009 => "009",
            Self::Auth => "auth",
            Self::FirstSync => "first-sync",
            Self::Reconnect => "reconnect",
            Self::Ok => "ok",
        }
    }

    /// Reads a code as a person types it: `006`, `6`, `００６`, `First-Sync`. `None` for anything else.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let folded: String = typed.trim().chars().map(crate::typed::fold_width).collect();
        let folded = folded.to_ascii_lowercase();
        Self::FAULTS.into_iter().chain([Self::Ok]).find(|code| {
            let name = code.as_str();
            name == folded || (name.starts_with("00") && name.trim_start_matches('0') == folded)
        })
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_every_way_people_type_it() {
        for typed in ["006", "6", "００６", " 006 "] {
            assert_eq!(Code::parse(typed), Some(Code::E006), "{typed:?}");
        }
        assert_eq!(Code::parse("First-Sync"), Some(Code::FirstSync));
        assert_eq!(Code::parse("010"), None);
        assert_eq!(Code::parse(""), None);
    }

    #[test]
    fn the_wire_form_is_the_written_form() {
        for code in Code::FAULTS {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
