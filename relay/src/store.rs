//! What outlives a connection: cases, and small records such as sessions, behind two traits with two back ends.
//!
//! SQLite keeps them in one file, for one relay; NATS JetStream shares them between relays.

#[cfg(test)]
pub(crate) mod contract;
mod nats;
mod shelf;
mod sqlite;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use shelf::{Keyed, PutError, Record, Shelf, ShelfKind, When};

use crate::{
    cases::{CaseLog, Unavailable},
    config::{Settings, StoreAddress},
    random::{NoRandomness, random},
};

/// Both halves of a store.
#[derive(Clone)]
pub(crate) struct Store {
    /// The cases.
    pub cases: Arc<dyn CaseLog>,
    /// The small records.
    pub shelf: Arc<dyn Shelf>,
    /// It outlives the process.
    pub lasting: bool,
}

/// Why a store can't be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// The file can't be used.
    #[error("store = sqlite:{path}: {problem}")]
    Sqlite {
        /// The file.
        path: String,
        /// Why.
        problem: String,
    },
    /// The servers can't be used.
    #[error("store = {servers}: {problem}")]
    Nats {
        /// The servers.
        servers: String,
        /// Why.
        problem: String,
    },
}

/// Why there's no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// The store is away.
    #[error(transparent)]
    Store(#[from] Unavailable),
    /// The system has no randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

impl Store {
    /// Opens the store at this address. `serving`: for a relay, of which a file has one.
    ///
    /// # Errors
    /// [`OpenError`] names the store and says why not.
    pub async fn open(address: &StoreAddress, settings: &Settings, serving: bool) -> Result<Self, OpenError> {
        match address {
            StoreAddress::Sqlite(path) => {
                let store = sqlite::Sqlite::open(path, serving).map_err(|Unavailable(problem)| {
                    OpenError::Sqlite { path: path.display().to_string(), problem }
                })?;
                Ok(Self::of(store, true))
            }
            StoreAddress::Nats(servers) => {
                let store = nats::Nats::open(servers, &settings.nats, settings.cases.retention()).await;
                let store = store.map_err(|Unavailable(problem)| OpenError::Nats {
                    servers: address.to_string(),
                    problem,
                })?;
                Ok(Self::of(store, true))
            }
        }
    }

    /// A store that ends with the process.
    ///
    /// # Errors
    /// Where there's no memory for it.
    pub fn in_memory() -> Result<Self, Unavailable> {
        sqlite::Sqlite::in_memory().map(|store| Self::of(store, false))
    }

    /// A key that whoever uses this store shares, made by the first of them.
    ///
    /// # Errors
    /// [`KeyError`], where the store is away or the system has no randomness.
    pub async fn key(&self, name: &str) -> Result<Vec<u8>, KeyError> {
        if let Some(record) = self.shelf.get(ShelfKind::Keys, name).await? {
            return Ok(record.value);
        }
        let made = random::<32>()?.to_vec();
        match self.shelf.put(ShelfKind::Keys, name, made.clone(), None, When::Absent).await {
            Ok(_) => Ok(made),
            Err(PutError::Unavailable(error)) => Err(error.into()),
            Err(PutError::Changed) => {
                let record = self.shelf.get(ShelfKind::Keys, name).await?;
                Ok(record.ok_or_else(|| Unavailable("a key has gone".to_owned()))?.value)
            }
        }
    }

    fn of(store: impl CaseLog + Shelf + 'static, lasting: bool) -> Self {
        let store = Arc::new(store);
        Self { cases: Arc::clone(&store) as _, shelf: store, lasting }
    }
}

/// The time, in milliseconds since the Unix epoch. Relays that share a store compare it: their clocks must be set.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
