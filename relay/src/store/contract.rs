//! What every store keeps, told by tests that run on both of them. NATS is the real server, alone and as a cluster.

mod cases;
mod crash;
mod records;
pub(crate) mod servers;

use std::sync::Arc;
use std::time::Duration;

use error_model::{
    Lang,
    case::{By, CaseSettings, Draft, What},
};

use super::Store;
use crate::config::{NatsSettings, Settings, StoreAddress};
use servers::Cluster;

/// Runs a test of the contract on both back ends.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let fixture = crate::store::contract::File::new();
                super::$name(fixture.open().await).await;
            })+
        }
        mod nats {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let cluster = crate::store::contract::servers::Cluster::start(1);
                super::$name(crate::store::contract::connect(&cluster).await).await;
            })+
        }
    };
}
pub(super) use on_both;

/// A database in a directory of its own, which goes with it.
pub(crate) struct File(tempdir::Directory);

impl File {
    pub fn new() -> Self {
        Self(tempdir::Directory::new())
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.0.path().join("mailtriage.db")
    }

    pub async fn open(&self) -> Store {
        Store::open(&StoreAddress::Sqlite(self.path()), &Settings::default(), false).await.unwrap()
    }
}

/// A relay's store on these servers.
pub(crate) async fn connect(cluster: &Cluster) -> Store {
    let nats = NatsSettings { replicas: cluster.nodes(), ..NatsSettings::default() };
    let settings = Settings { nats, ..Settings::default() };
    Store::open(&StoreAddress::Nats(cluster.addresses()), &settings, true).await.unwrap()
}

pub(super) fn opened(agent: &str) -> Draft {
    let what = What::Opened { ticket: None, lang: Lang::En, settings: CaseSettings::default() };
    Draft { id: "opened".to_owned(), by: By::Agent(agent.to_owned()), what }
}

pub(super) fn note(id: &str) -> Draft {
    let what = What::Noted { text: format!("note {id}") };
    Draft { id: id.to_owned(), by: By::Agent("anna".to_owned()), what }
}

/// Far more than anything here takes: a test that waits so long has failed.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

pub(super) type Shared = Arc<Store>;

pub(super) mod tempdir {
    //! Directories for one test each.

    use std::path::{Path, PathBuf};

    pub struct Directory(PathBuf);

    impl Directory {
        pub fn new() -> Self {
            let name = crate::random::hex(&crate::random::random::<8>().unwrap());
            let path = std::env::temp_dir().join(format!("mailtriage-{name}"));
            std::fs::create_dir(&path).unwrap();
            Self(path)
        }

        pub fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _left = std::fs::remove_dir_all(&self.0);
        }
    }
}
