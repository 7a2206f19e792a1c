//! The writer's thread: takes what waits, writes it in one transaction, and answers when that is on the disk.

use error_model::case::{CaseEvent, Draft};
use rusqlite::{Connection, OptionalExtension, Row, params};
use tokio::sync::{mpsc, oneshot};

use crate::{
    cases::{Board, CaseId, Unavailable},
    limits,
    store::{Record, ShelfKind, When},
};

/// What the thread is asked to do.
pub(super) enum Job {
    Write(Box<Write>, oneshot::Sender<Result<Answer, Unavailable>>),
    Read(Box<dyn FnOnce(&Connection) + Send>),
}

/// A change.
pub(super) enum Write {
    Append { case: CaseId, at_ms: i64, draft: Draft, json: Vec<u8>, expected: Option<u64> },
    RemoveCase { case: CaseId },
    Put { kind: ShelfKind, key: String, value: Vec<u8>, until_ms: Option<i64>, when: When, now_ms: i64 },
    RemoveRecord { kind: ShelfKind, key: String },
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// It's there, at this place or in this revision.
    At(u64),
    /// The condition doesn't hold.
    Moved,
}

/// A change to show on the board, once it's on the disk.
enum News {
    Event(CaseId, Box<CaseEvent>, usize),
    Removed(CaseId),
}

/// Works until nobody can ask any more.
pub(super) fn serve(mut connection: Connection, mut jobs: mpsc::Receiver<Job>, board: &Board) {
    while let Some(first) = jobs.blocking_recv() {
        let mut writes = Vec::new();
        let mut reads = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            match job {
                Job::Write(write, answer) => writes.push((*write, answer)),
                Job::Read(read) => reads.push(read),
            }
            let room = writes.len() + reads.len() < limits::STORE_BATCH;
            next = room.then(|| jobs.try_recv().ok()).flatten();
        }
        if !writes.is_empty() {
            write_together(&mut connection, writes, board);
        }
        for read in reads {
            read(&connection);
        }
    }
}

type Waiting = (Write, oneshot::Sender<Result<Answer, Unavailable>>);

fn write_together(connection: &mut Connection, writes: Vec<Waiting>, board: &Board) {
    let mut news = Vec::new();
    let mut answers = Vec::with_capacity(writes.len());
    let mut senders = Vec::with_capacity(writes.len());
    let committed = (|| {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (write, sender) in writes {
            senders.push(sender);
            answers.push(apply(&transaction, write, &mut news)?);
        }
        transaction.commit()
    })();
    // A failure undoes the whole batch; those that weren't reached lose their sender, and with it their hope.
    let failed = committed.err().map(Unavailable::because);
    if failed.is_none() {
        for one in news {
            match one {
                News::Event(case, event, bytes) => board.publish(case, *event, bytes),
                News::Removed(case) => board.forget(case),
            }
        }
    }
    for (at, sender) in senders.into_iter().enumerate() {
        let answer = match (&failed, answers.get(at)) {
            (None, Some(answer)) => Ok(*answer),
            (Some(failed), _) => Err(failed.clone()),
            (None, None) => Err(Unavailable("the change was not reached".to_owned())),
        };
        // Whoever asked may have gone.
        let _gone = sender.send(answer);
    }
}

fn apply(connection: &Connection, write: Write, news: &mut Vec<News>) -> rusqlite::Result<Answer> {
    match write {
        Write::Append { case, at_ms, draft, json, expected } => {
            let name = case.to_string();
            let known = connection
                .prepare_cached("SELECT seq FROM events WHERE case_id = ?1 AND id = ?2")?
                .query_row(params![name, draft.id], |row| row.get(0))
                .optional()?;
            if let Some(seq) = known {
                return Ok(Answer::At(seq));
            }
            if let Some(expected) = expected {
                let last: u64 = connection
                    .prepare_cached("SELECT coalesce(max(seq), 0) FROM events WHERE case_id = ?1")?
                    .query_row([&name], |row| row.get(0))?;
                if last != expected {
                    return Ok(Answer::Moved);
                }
            }
            let seq = connection
                .prepare_cached("INSERT INTO events (case_id, id, at_ms, draft) VALUES (?1, ?2, ?3, ?4)")?
                .insert(params![name, draft.id, at_ms, json])?
                .cast_unsigned();
            news.push(News::Event(case, Box::new(CaseEvent { seq, at_ms, draft }), json.len()));
            Ok(Answer::At(seq))
        }
        Write::RemoveCase { case } => {
            connection.execute("DELETE FROM events WHERE case_id = ?1", [case.to_string()])?;
            news.push(News::Removed(case));
            Ok(Answer::At(0))
        }
        Write::Put { kind, key, value, until_ms, when, now_ms } => {
            // Records that ended go with the next one that comes.
            connection.prepare_cached("DELETE FROM records WHERE until_ms <= ?1")?.execute([now_ms])?;
            let known = record(connection, kind, &key, now_ms)?.map(|record| record.revision);
            let holds = match when {
                When::Absent => known.is_none(),
                When::Unchanged(revision) => known == Some(revision),
            };
            if !holds {
                return Ok(Answer::Moved);
            }
            // A new record doesn't take up the revisions of an old one: time goes on between them.
            let revision = known.map_or(now_ms.cast_unsigned(), |revision| revision + 1);
            connection
                .prepare_cached("INSERT OR REPLACE INTO records (kind, key, value, revision, until_ms) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![kind.as_str(), key, value, revision, until_ms])?;
            Ok(Answer::At(revision))
        }
        Write::RemoveRecord { kind, key } => {
            connection
                .prepare_cached("DELETE FROM records WHERE kind = ?1 AND key = ?2")?
                .execute(params![kind.as_str(), key])?;
            Ok(Answer::At(0))
        }
    }
}

/// Shows everything that is stored on the board.
pub(super) fn load(connection: &Connection, board: &Board) -> rusqlite::Result<()> {
    let mut events = connection.prepare("SELECT case_id, seq, at_ms, draft FROM events ORDER BY seq")?;
    let mut rows = events.query([])?;
    while let Some(row) = rows.next()? {
        let Some(case) = CaseId::parse(&row.get::<_, String>(0)?) else { continue };
        let (event, bytes) = event(row)?;
        board.publish(case, event, bytes);
    }
    Ok(())
}

/// The next events of a case.
pub(super) fn page(
    connection: &Connection,
    case: CaseId,
    after: u64,
    most: usize,
) -> rusqlite::Result<Vec<CaseEvent>> {
    connection
        .prepare_cached(
            "SELECT case_id, seq, at_ms, draft FROM events WHERE case_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?
        .query_map(params![case.to_string(), after, most], |row| event(row).map(|(event, _)| event))?
        .collect()
}

fn event(row: &Row<'_>) -> rusqlite::Result<(CaseEvent, usize)> {
    let json = row.get_ref(3)?.as_blob()?;
    let draft = serde_json::from_slice(json).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Blob, error.into())
    })?;
    Ok((CaseEvent { seq: row.get(1)?, at_ms: row.get(2)?, draft }, json.len()))
}

/// A record that hasn't ended.
pub(super) fn record(
    connection: &Connection,
    kind: ShelfKind,
    key: &str,
    now_ms: i64,
) -> rusqlite::Result<Option<Record>> {
    connection
        .prepare_cached(
            "SELECT value, revision FROM records
             WHERE kind = ?1 AND key = ?2 AND (until_ms IS NULL OR until_ms > ?3)",
        )?
        .query_row(params![kind.as_str(), key, now_ms], |row| {
            Ok(Record { value: row.get(0)?, revision: row.get(1)? })
        })
        .optional()
}

/// All records of a kind that haven't ended.
pub(super) fn records(
    connection: &Connection,
    kind: ShelfKind,
    now_ms: i64,
) -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
    connection
        .prepare_cached(
            "SELECT key, value FROM records WHERE kind = ?1 AND (until_ms IS NULL OR until_ms > ?2) ORDER BY key",
        )?
        .query_map(params![kind.as_str(), now_ms], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
