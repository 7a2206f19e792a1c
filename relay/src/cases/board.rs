//! What a relay knows of all cases by heart: a summary of each, and who watches it now.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use error_model::case::{CaseEvent, Draft, Summary, What};
use tokio::sync::broadcast;

use super::{AppendError, CaseId};
use crate::limits;

/// Folded from the log, and fed with each event once, in order, after it was stored.
#[derive(Debug, Default)]
pub(crate) struct Board(Mutex<HashMap<CaseId, Entry>>);

#[derive(Debug)]
struct Entry {
    summary: Summary,
    events: usize,
    bytes: usize,
    watchers: Option<broadcast::Sender<Arc<CaseEvent>>>,
}

impl Board {
    /// Takes in an event of `bytes` bytes that is stored. Watchers hear of it.
    pub fn publish(&self, case: CaseId, event: CaseEvent, bytes: usize) {
        let mut entries = self.entries();
        if event.draft.what == (What::Removed {}) {
            // With the entry its watchers' channel goes, which tells them.
            entries.remove(&case);
            return;
        }
        let Some(entry) = entries.get_mut(&case) else {
            if let Some(summary) = Summary::begin(&case.to_string(), &event) {
                entries.insert(case, Entry { summary, events: 1, bytes, watchers: None });
            }
            return;
        };
        if event.seq <= entry.summary.last_seq {
            return;
        }
        entry.summary.saw(&event);
        entry.events += 1;
        entry.bytes += bytes;
        if let Some(watchers) = &entry.watchers
            && watchers.send(Arc::new(event)).is_err()
        {
            // Nobody is left.
            entry.watchers = None;
        }
    }

    /// Forgets a case; its watchers are told.
    pub fn forget(&self, case: CaseId) {
        self.entries().remove(&case);
    }

    /// Whether an event may be appended to the case, as far as sizes go.
    pub fn admit(&self, case: CaseId, draft: &Draft, bytes: usize) -> Result<(), AppendError> {
        if bytes > limits::EVENT_BYTES {
            return Err(AppendError::TooLong { bytes, most: limits::EVENT_BYTES });
        }
        let entries = self.entries();
        let Some(entry) = entries.get(&case) else {
            let begins = matches!(draft.what, What::Opened { .. });
            return match begins {
                true if entries.len() >= limits::CASES => Err(AppendError::Full),
                true => Ok(()),
                false => Err(AppendError::NoCase),
            };
        };
        // What ends a case, or lets somebody out of it, is always heard.
        let ends = matches!(draft.what, What::Closed {} | What::Left {} | What::Removed {});
        let full = entry.events >= limits::CASE_EVENTS || entry.bytes + bytes > limits::CASE_BYTES;
        if full && !ends { Err(AppendError::Full) } else { Ok(()) }
    }

    /// Events of the case from now on; `None` where there's no such case.
    pub fn watch(&self, case: CaseId) -> Option<broadcast::Receiver<Arc<CaseEvent>>> {
        let mut entries = self.entries();
        let entry = entries.get_mut(&case)?;
        Some(entry.watchers.get_or_insert_with(|| broadcast::channel(limits::WATCHER_QUEUE).0).subscribe())
    }

    /// One case.
    pub fn summary(&self, case: CaseId) -> Option<Summary> {
        self.entries().get(&case).map(|entry| entry.summary.clone())
    }

    /// The cases that are wanted, the one that changed last first. Only those are copied.
    pub fn summaries(&self, wanted: impl Fn(&Summary) -> bool) -> Vec<Summary> {
        let entries = self.entries();
        let found = entries.values().map(|entry| &entry.summary).filter(|summary| wanted(summary));
        let mut all: Vec<Summary> = found.cloned().collect();
        drop(entries);
        all.sort_by_key(|summary| std::cmp::Reverse(summary.last_seq));
        all
    }

    /// The cases that were opened before this time, in milliseconds since the Unix epoch.
    pub fn opened_before(&self, before_ms: i64) -> Vec<CaseId> {
        let entries = self.entries();
        let over = entries.iter().filter(|(_, entry)| entry.summary.opened_at_ms < before_ms);
        over.map(|(case, _)| *case).collect()
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<CaseId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
