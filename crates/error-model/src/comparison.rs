//! How the code that the person saw stands to what was found, and why the two may differ: the shapes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Cause, Code, Lane};

/// An enum whose variants have stable names: the wire, the page's table of sentences and the exports carry them.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$about])* $variant,)+ }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Their names, in the same order.
            const IDS: &[&str] = &[$($id),+];

            /// The stable name.
            #[must_use]
            pub const fn id(self) -> &'static str {
                Self::IDS[self as usize]
            }

            /// Reads a name. `None`: nothing is called so.
            #[must_use]
            pub fn parse(id: &str) -> Option<Self> {
                place(Self::IDS, id).map(|place| Self::ALL[place])
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = String::deserialize(deserializer)?;
                Self::parse(&id).ok_or_else(|| serde::de::Error::custom(format_args!("nothing is called {id:?}")))
            }
        }
    };
}

/// Where a name stands; one search for every table, because the page pays for each.
fn place(ids: &[&str], wanted: &str) -> Option<usize> {
    ids.iter().position(|id| *id == wanted)
}

named! {
    /// How the code that the person saw stands to what was found.
    Relation {
        /// The headline has that code.
        Same = "same",
        /// The headline's fault may be shown under that code too.
        AlsoShownAs = "also-shown-as",
        /// A further finding on the headline's lane accounts for it.
        Further = "further-finding",
        /// A finding on the other lane accounts for it.
        OtherLane = "other-lane",
        /// The code names no fault of its own; the headline is what is behind it.
        Behind = "behind",
        /// The headline stops the connection before the step at which that code arises.
        Hides = "hides",
        /// The same part of the connection fails, with another code.
        Instead = "instead",
        /// The steps at which that code arises pass; the headline comes after them.
        Past = "past",
        /// Every step passes from here.
        NothingFound = "nothing-found",
    }
}

named! {
    /// Why a test from here may end otherwise than the product's.
    Why {
        /// Only one service was tested; the code may speak of the other.
        LaneNotTested = "lane-not-tested",
        /// No password was given, so the sign-in wasn't tested.
        SignInNotTested = "sign-in-not-tested",
        /// One of the server's addresses doesn't answer; the product may have met that one.
        AddressFails = "address-fails",
        /// The provider turns away sign-ins from other countries.
        LocationFilter = "location-filter",
        /// The server turns this test's own addresses away, and hardly the product's.
        TurnedAway = "turned-away",
        /// Programs that have met the missing intermediate certificate elsewhere don't miss it.
        IntermediateKnown = "intermediate-known",
        /// The certificate is new; the product may have met the one before.
        RenewedCertificate = "renewed-certificate",
        /// The password given here is accepted; the product may have another.
        OtherPassword = "other-password",
        /// An old DNS answer may still be in use.
        DnsTtl = "dns-ttl",
        /// The product connects from addresses of its own, which the server may turn away.
        AllowList = "allow-list",
        /// The server was or is busy, slow or not ready for a while.
        PassingFault = "passing-fault",
        /// The product's settings are others than those tested, or were changed since.
        OtherSettings = "other-settings",
    }
}

/// How the code that the person saw stands to what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The code that the person saw.
    pub code: Code,
    /// How it stands to what was found.
    pub relation: Relation,
    /// The lane of the finding that the relation speaks of; `None` where nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    /// The cause of that finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// Why the two may differ, the likeliest first; empty where they don't.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// One reason why a test from here may end otherwise than the product's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Which.
    pub why: Why,
    /// The `seq` of the observations that speak for it; empty where it's merely not excluded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observations: Vec<u32>,
    /// [`Why::LaneNotTested`]: the service that wasn't tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    /// Seconds since the Unix epoch. [`Why::DnsTtl`]: when an old answer ends at the latest;
    /// [`Why::RenewedCertificate`]: since when the certificate is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// [`Why::DnsTtl`]: seconds that the answer may be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_s: Option<u32>,
}

impl Comparison {
    /// Where a test connects from matters to one of the reasons.
    #[must_use]
    pub fn turns_on_addresses(&self) -> bool {
        self.reasons.iter().any(|reason| matches!(reason.why, Why::AllowList | Why::TurnedAway))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for relation in Relation::ALL {
            assert_eq!(Relation::parse(relation.id()), Some(*relation));
        }
        for why in Why::ALL {
            assert_eq!(Why::parse(why.id()), Some(*why));
        }
        assert_eq!(Why::parse("weather"), None);
    }

    #[test]
    fn what_doesn_t_apply_isn_t_written() {
        let reason =
            Reason { why: Why::OtherSettings, observations: vec![], lane: None, at: None, ttl_s: None };
        let comparison = Comparison {
            code: Code::E009,
            relation: Relation::NothingFound,
            lane: None,
            cause: None,
            reasons: vec![reason],
        };
        let json = r#"{"code":"009","relation":"nothing-found","reasons":[{"why":"other-settings"}]}"#;
        assert_eq!(serde_json::to_string(&comparison).unwrap(), json);
        assert_eq!(serde_json::from_str::<Comparison>(json).unwrap(), comparison);
    }
}
