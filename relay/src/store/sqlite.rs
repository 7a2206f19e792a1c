//! One file, for one relay: SQLite with a write-ahead log. A thread of its own does all writing, and commits what waits
//! together: an append is answered when its commit is on the disk.

mod work;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use error_model::case::{CaseEvent, Draft};
use futures::future::{BoxFuture, FutureExt};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Keyed, PutError, Record, Shelf, ShelfKind, When, now_ms};
use crate::{
    cases::{AppendError, Board, CaseId, CaseLog, Unavailable},
    limits,
};
use work::{Answer, Job, Write};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    draft BLOB NOT NULL,
    UNIQUE (case_id, id)
) STRICT;
CREATE INDEX IF NOT EXISTS events_of_a_case ON events (case_id, seq);
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    revision INTEGER NOT NULL,
    until_ms INTEGER,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_that_end ON records (until_ms) WHERE until_ms IS NOT NULL;
";

/// The store.
pub(super) struct Sqlite {
    board: Arc<Board>,
    jobs: mpsc::Sender<Job>,
    /// Held for as long as a relay serves from this file.
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens the file, or makes it. `serving`: as the one relay that may.
    pub fn open(path: &Path, serving: bool) -> Result<Self, Unavailable> {
        if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            std::fs::create_dir_all(directory).map_err(Unavailable::because)?;
        }
        let lock = serving.then(|| lock(path)).transpose()?;
        let connection = Connection::open(path).map_err(Unavailable::because)?;
        Self::with(connection, lock).map_err(Unavailable::because)
    }

    /// Keeps everything in memory.
    pub fn in_memory() -> Result<Self, Unavailable> {
        let connection = Connection::open_in_memory().map_err(Unavailable::because)?;
        Self::with(connection, None).map_err(Unavailable::because)
    }

    fn with(connection: Connection, lock: Option<File>) -> rusqlite::Result<Self> {
        // `mailtriage agent add` writes beside a relay that is running.
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // In this mode a commit waits until the write-ahead log is on the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is removed is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.execute_batch(SCHEMA)?;
        let board = Arc::new(Board::default());
        work::load(&connection, &board)?;
        let (jobs, waiting) = mpsc::channel(limits::STORE_BATCH);
        let shown = Arc::clone(&board);
        thread::spawn(move || work::serve(connection, waiting, &shown));
        Ok(Self { board, jobs, _lock: lock })
    }

    async fn write(&self, write: Write) -> Result<Answer, Unavailable> {
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Write(Box::new(write), answer)).await?;
        answered.await.map_err(|_| gone())?
    }

    /// Reads on the writer's connection, after what was written before.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move |connection: &Connection| {
            // Whoever asked may have gone.
            let _gone = answer.send(read(connection).map_err(Unavailable::because));
        });
        self.ask(Job::Read(job)).await?;
        answered.await.map_err(|_| gone())?
    }

    async fn ask(&self, job: Job) -> Result<(), Unavailable> {
        self.jobs.send(job).await.map_err(|_| gone())
    }
}

/// Watchers hear only what their own relay appends, so that a second relay on the file would be half deaf.
fn lock(path: &Path) -> Result<File, Unavailable> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let file = File::create(PathBuf::from(beside)).map_err(Unavailable::because)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let message = "another relay serves from this file; several relays share a store of NATS servers";
            Err(Unavailable(message.to_owned()))
        }
        Err(TryLockError::Error(error)) => Err(Unavailable::because(error)),
    }
}

fn gone() -> Unavailable {
    Unavailable("its writer has ended".to_owned())
}

impl CaseLog for Sqlite {
    fn append(
        &self,
        case: CaseId,
        draft: Draft,
        expected: Option<u64>,
    ) -> BoxFuture<'_, Result<u64, AppendError>> {
        async move {
            let json = serde_json::to_vec(&draft).map_err(Unavailable::because)?;
            self.board.admit(case, &draft, json.len())?;
            match self.write(Write::Append { case, at_ms: now_ms(), draft, json, expected }).await? {
                Answer::At(seq) => Ok(seq),
                Answer::Moved => Err(AppendError::Moved { expected: expected.unwrap_or_default() }),
            }
        }
        .boxed()
    }

    fn read(
        &self,
        case: CaseId,
        after: u64,
        most: usize,
    ) -> BoxFuture<'_, Result<Vec<CaseEvent>, Unavailable>> {
        self.read(move |connection| work::page(connection, case, after, most)).boxed()
    }

    fn remove(&self, case: CaseId) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.write(Write::RemoveCase { case }).map(|done| done.map(drop)).boxed()
    }

    fn board(&self) -> &Board {
        &self.board
    }
}

impl Shelf for Sqlite {
    fn get<'a>(
        &'a self,
        kind: ShelfKind,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Record>, Unavailable>> {
        let key = key.to_owned();
        self.read(move |connection| work::record(connection, kind, &key, now_ms())).boxed()
    }

    fn put<'a>(
        &'a self,
        kind: ShelfKind,
        key: &'a str,
        value: Vec<u8>,
        until_ms: Option<i64>,
        when: When,
    ) -> BoxFuture<'a, Result<u64, PutError>> {
        let put = Write::Put { kind, key: key.to_owned(), value, until_ms, when, now_ms: now_ms() };
        self.write(put)
            .map(|done| match done? {
                Answer::At(revision) => Ok(revision),
                Answer::Moved => Err(PutError::Changed),
            })
            .boxed()
    }

    fn remove<'a>(&'a self, kind: ShelfKind, key: &'a str) -> BoxFuture<'a, Result<(), Unavailable>> {
        self.write(Write::RemoveRecord { kind, key: key.to_owned() }).map(|done| done.map(drop)).boxed()
    }

    fn all(&self, kind: ShelfKind) -> BoxFuture<'_, Result<Keyed, Unavailable>> {
        self.read(move |connection| work::records(connection, kind, now_ms())).boxed()
    }
}
