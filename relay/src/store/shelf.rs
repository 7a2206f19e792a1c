//! Small records under keys, each changed by one writer at a time: agents, sessions, codes, sign-ins.

use std::time::Duration;

use futures::future::BoxFuture;

use crate::cases::Unavailable;

/// What a record is about. Each kind has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ShelfKind {
    /// Agents, by the hash of their token.
    Agents,
    /// Sessions of agents, by the hash of their cookie; sign-ins with an identity provider that are under way.
    Sessions,
    /// Codes that let a customer into a case, by their keyed hash.
    Codes,
    /// Customers in a case, by the hash of their token.
    Customers,
    /// Counts of sign-ins to mail accounts, by the account's keyed hash.
    SignIns,
    /// Keys that relays share.
    Keys,
}

impl ShelfKind {
    pub const ALL: [Self; 6] =
        [Self::Agents, Self::Sessions, Self::Codes, Self::Customers, Self::SignIns, Self::Keys];

    /// The name in a store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agents => "agents",
            Self::Sessions => "sessions",
            Self::Codes => "codes",
            Self::Customers => "customers",
            Self::SignIns => "sign-ins",
            Self::Keys => "keys",
        }
    }

    /// How long a store that can't end records one by one keeps them; longer than any of them lasts.
    pub const fn longest(self) -> Option<Duration> {
        match self {
            Self::Agents | Self::Keys => None,
            Self::Sessions | Self::Codes => Some(Duration::from_secs(24 * 3600)),
            Self::SignIns => Some(Duration::from_secs(25 * 3600)),
            Self::Customers => Some(Duration::from_secs(366 * 24 * 3600)),
        }
    }
}

/// A record and the revision by which it's changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// What was put.
    pub value: Vec<u8>,
    /// Differs after each change.
    pub revision: u64,
}

/// On which condition a record is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// There's none yet, or it has ended.
    Absent,
    /// It's the one of this revision.
    Unchanged(u64),
}

/// Why a record wasn't put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PutError {
    /// Somebody else was first.
    #[error("the record has changed")]
    Changed,
    /// The store is away.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Values with their keys.
pub(crate) type Keyed = Vec<(String, Vec<u8>)>;

/// Keeps records.
pub(crate) trait Shelf: Send + Sync {
    /// The record, unless it has ended.
    fn get<'a>(&'a self, kind: ShelfKind, key: &'a str)
    -> BoxFuture<'a, Result<Option<Record>, Unavailable>>;

    /// Puts a record where the condition holds, and gives its revision. `until_ms`: when it ends, in milliseconds since the
    /// Unix epoch.
    fn put<'a>(
        &'a self,
        kind: ShelfKind,
        key: &'a str,
        value: Vec<u8>,
        until_ms: Option<i64>,
        when: When,
    ) -> BoxFuture<'a, Result<u64, PutError>>;

    /// Removes the record, where there is one.
    fn remove<'a>(&'a self, kind: ShelfKind, key: &'a str) -> BoxFuture<'a, Result<(), Unavailable>>;

    /// All records of a kind that have few: their keys and values.
    fn all(&self, kind: ShelfKind) -> BoxFuture<'_, Result<Keyed, Unavailable>>;
}
