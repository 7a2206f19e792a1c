//! Appending to cases, reading them and watching them.

use std::sync::Arc;

use error_model::case::{CaseState, Draft, What};
use futures::future::join_all;
use tokio::time::timeout;

use super::{PATIENCE, note, on_both, opened};
use crate::{
    cases::{AppendError, CaseId, Next, Subscription},
    limits,
    store::Store,
};

on_both!(
    events_are_read_back_in_the_order_of_their_acknowledgements,
    a_repeated_append_changes_nothing_and_gives_the_same_place,
    of_two_who_saw_the_same_case_one_appends,
    a_watcher_gets_what_was_and_what_comes_without_gap_or_repetition,
    a_watcher_continues_after_any_event,
    a_watcher_who_falls_behind_is_told,
    cases_are_listed_the_last_changed_first,
    an_expired_case_is_gone_for_lists_readers_and_watchers,
    what_is_too_long_and_what_has_no_case_is_refused,
);

async fn a_case(store: &Store) -> CaseId {
    let case = CaseId::random().unwrap();
    store.cases.append(case, opened("anna"), Some(0)).await.unwrap();
    case
}

/// Identifiers up to where everything stored was given.
async fn until_current(store: &Store, subscription: &mut Subscription) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        match timeout(PATIENCE, subscription.next(&*store.cases)).await.unwrap().unwrap() {
            Next::Event(event) => ids.push(event.draft.id.clone()),
            Next::Current => return ids,
            other => panic!("{other:?}"),
        }
    }
}

async fn event_id(store: &Store, subscription: &mut Subscription) -> String {
    match timeout(PATIENCE, subscription.next(&*store.cases)).await.unwrap().unwrap() {
        Next::Event(event) => event.draft.id.clone(),
        other => panic!("{other:?}"),
    }
}

async fn events_are_read_back_in_the_order_of_their_acknowledgements(store: Store) {
    let (case, other) = (a_case(&store).await, a_case(&store).await);
    let mut places = Vec::new();
    for id in ["a", "b", "c"] {
        places.push(store.cases.append(case, note(id), None).await.unwrap());
        store.cases.append(other, note(id), None).await.unwrap();
    }
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    let events = store.cases.read(case, 0, 100).await.unwrap();
    let drafts: Vec<Draft> = events.iter().map(|event| event.draft.clone()).collect();
    assert_eq!(drafts, [opened("anna"), note("a"), note("b"), note("c")]);
    assert_eq!(events[1..].iter().map(|event| event.seq).collect::<Vec<_>>(), places);
    assert!(events.iter().all(|event| event.at_ms > 1_700_000_000_000));
    let page = store.cases.read(case, places[0], 1).await.unwrap();
    assert_eq!(page.iter().map(|event| event.draft.id.as_str()).collect::<Vec<_>>(), ["b"]);
}

async fn a_repeated_append_changes_nothing_and_gives_the_same_place(store: Store) {
    let (case, other) = (a_case(&store).await, a_case(&store).await);
    let last = store.cases.board().summary(case).unwrap().last_seq;
    let first = store.cases.append(case, note("a"), Some(last)).await.unwrap();
    store.cases.append(case, note("b"), None).await.unwrap();
    assert_eq!(store.cases.append(case, note("a"), None).await, Ok(first));
    assert_eq!(
        store.cases.append(case, note("a"), Some(last)).await,
        Ok(first),
        "what it expected held then"
    );
    assert_eq!(store.cases.read(case, 0, 100).await.unwrap().len(), 3);
    assert_ne!(store.cases.append(other, note("a"), None).await.unwrap(), first, "another case's own");
}

async fn of_two_who_saw_the_same_case_one_appends(store: Store) {
    let case = a_case(&store).await;
    let last = store.cases.board().summary(case).unwrap().last_seq;
    let both = join_all(["a", "b"].map(|id| store.cases.append(case, note(id), Some(last)))).await;
    assert_eq!(both.iter().filter(|one| one.is_ok()).count(), 1, "{both:?}");
    assert!(both.contains(&Err(AppendError::Moved { expected: last })), "{both:?}");
    assert_eq!(store.cases.read(case, 0, 100).await.unwrap().len(), 2);
}

async fn a_watcher_gets_what_was_and_what_comes_without_gap_or_repetition(store: Store) {
    let case = a_case(&store).await;
    let count = limits::PAGE_EVENTS + 40;
    let writer = {
        let store = store.clone();
        tokio::spawn(async move {
            for id in 0..count {
                store.cases.append(case, note(&id.to_string()), None).await.unwrap();
            }
        })
    };
    // Some join while it's being written, some at its end.
    let mut watchers = Vec::new();
    for begin in [0, count / 3, count] {
        while store.cases.read(case, 0, count + 1).await.unwrap().len() < begin + 1 {
            tokio::task::yield_now().await;
        }
        let mut watcher = store.cases.subscribe(case, 0).unwrap();
        let mut ids = until_current(&store, &mut watcher).await;
        while ids.len() < count + 1 {
            ids.push(event_id(&store, &mut watcher).await);
        }
        watchers.push(ids);
    }
    writer.await.unwrap();
    let all: Vec<String> =
        ["opened".to_owned()].into_iter().chain((0..count).map(|id| id.to_string())).collect();
    for ids in watchers {
        assert_eq!(ids, all);
    }
}

async fn a_watcher_continues_after_any_event(store: Store) {
    let case = a_case(&store).await;
    let a = store.cases.append(case, note("a"), None).await.unwrap();
    store.cases.append(case, note("b"), None).await.unwrap();
    let mut watcher = store.cases.subscribe(case, a).unwrap();
    assert_eq!(until_current(&store, &mut watcher).await, ["b"]);
    store.cases.append(case, note("c"), None).await.unwrap();
    assert_eq!(event_id(&store, &mut watcher).await, "c");
}

async fn a_watcher_who_falls_behind_is_told(store: Store) {
    let case = a_case(&store).await;
    let mut watcher = store.cases.subscribe(case, 0).unwrap();
    assert_eq!(until_current(&store, &mut watcher).await, ["opened"]);
    for id in 0..=limits::WATCHER_QUEUE {
        store.cases.append(case, note(&id.to_string()), None).await.unwrap();
    }
    assert_eq!(timeout(PATIENCE, watcher.next(&*store.cases)).await.unwrap(), Ok(Next::Behind));
}

async fn cases_are_listed_the_last_changed_first(store: Store) {
    let (one, two) = (a_case(&store).await, a_case(&store).await);
    let closed = Draft { what: What::Closed {}, ..note("z") };
    store.cases.append(one, closed, None).await.unwrap();
    let list = store.cases.list(|_| true);
    let seen: Vec<_> = list.iter().map(|summary| (summary.case.clone(), summary.state)).collect();
    assert_eq!(seen, [(one.to_string(), CaseState::Closed), (two.to_string(), CaseState::Waiting)]);
}

async fn an_expired_case_is_gone_for_lists_readers_and_watchers(store: Store) {
    let case = a_case(&store).await;
    let mut watcher = store.cases.subscribe(case, 0).unwrap();
    assert_eq!(until_current(&store, &mut watcher).await, ["opened"]);
    assert_eq!(store.cases.expire(1_700_000_000_000).await, Ok(0), "it's younger than that");
    assert_eq!(store.cases.expire(i64::MAX).await, Ok(1));
    assert_eq!(timeout(PATIENCE, watcher.next(&*store.cases)).await.unwrap(), Ok(Next::Over));
    assert!(store.cases.list(|_| true).is_empty());
    assert!(store.cases.subscribe(case, 0).is_none());
    let left = store.cases.read(case, 0, 100).await.unwrap();
    assert!(left.iter().all(|event| event.draft.what == (What::Removed {})), "{left:?}");
    assert_eq!(store.cases.append(case, note("late"), None).await, Err(AppendError::NoCase));
}

async fn what_is_too_long_and_what_has_no_case_is_refused(store: Store) {
    let case = a_case(&store).await;
    let long = Draft { what: What::Noted { text: "x".repeat(limits::EVENT_BYTES) }, ..note("long") };
    let refused = store.cases.append(case, long, None).await;
    assert!(matches!(refused, Err(AppendError::TooLong { .. })), "{refused:?}");
    let nowhere = CaseId::random().unwrap();
    assert_eq!(store.cases.append(nowhere, note("a"), None).await, Err(AppendError::NoCase));
    // A full case takes no more, except its end.
    let store = Arc::new(store);
    let text = "x".repeat(limits::EVENT_BYTES - 512);
    let mut refused = None;
    for id in 0..=limits::CASE_BYTES / text.len() {
        let draft = Draft { what: What::Noted { text: text.clone() }, ..note(&id.to_string()) };
        refused = store.cases.append(case, draft, None).await.err();
    }
    assert_eq!(refused, Some(AppendError::Full));
    let closed = Draft { what: What::Closed {}, ..note("closed") };
    assert!(store.cases.append(case, closed, None).await.is_ok());
}
