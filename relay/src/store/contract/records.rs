//! Small records: put on a condition, ended by their time.

use futures::future::join_all;

use super::on_both;
use crate::store::{PutError, Record, ShelfKind, Store, When, now_ms};

on_both!(
    a_record_is_put_once_and_changed_by_its_revision,
    of_many_writers_one_wins,
    a_record_that_ended_is_absent,
    a_removed_record_can_be_put_again,
    kinds_have_keys_of_their_own,
);

const KIND: ShelfKind = ShelfKind::Sessions;

async fn a_record_is_put_once_and_changed_by_its_revision(store: Store) {
    let shelf = &store.shelf;
    assert_eq!(shelf.get(KIND, "a").await, Ok(None));
    let first = shelf.put(KIND, "a", b"1".to_vec(), None, When::Absent).await.unwrap();
    assert_eq!(shelf.put(KIND, "a", b"x".to_vec(), None, When::Absent).await, Err(PutError::Changed));
    let second = shelf.put(KIND, "a", b"2".to_vec(), None, When::Unchanged(first)).await.unwrap();
    assert_eq!(
        shelf.put(KIND, "a", b"x".to_vec(), None, When::Unchanged(first)).await,
        Err(PutError::Changed)
    );
    assert_eq!(shelf.get(KIND, "a").await, Ok(Some(Record { value: b"2".to_vec(), revision: second })));
}

async fn of_many_writers_one_wins(store: Store) {
    let puts = (0..20).map(|writer: u8| store.shelf.put(KIND, "a", vec![writer], None, When::Absent));
    let done = join_all(puts).await;
    assert_eq!(done.iter().filter(|put| put.is_ok()).count(), 1, "{done:?}");
    let record = store.shelf.get(KIND, "a").await.unwrap().unwrap();
    let winner = done.iter().position(Result::is_ok).unwrap();
    assert_eq!(usize::from(record.value[0]), winner);
}

async fn a_record_that_ended_is_absent(store: Store) {
    let shelf = &store.shelf;
    shelf.put(KIND, "a", b"1".to_vec(), Some(now_ms() - 1), When::Absent).await.unwrap();
    assert_eq!(shelf.get(KIND, "a").await, Ok(None));
    assert_eq!(shelf.all(KIND).await, Ok(vec![]));
    shelf.put(KIND, "a", b"2".to_vec(), Some(now_ms() + 60_000), When::Absent).await.unwrap();
    assert_eq!(shelf.get(KIND, "a").await.unwrap().unwrap().value, b"2");
}

async fn a_removed_record_can_be_put_again(store: Store) {
    let shelf = &store.shelf;
    let old = shelf.put(KIND, "a", b"1".to_vec(), None, When::Absent).await.unwrap();
    shelf.remove(KIND, "a").await.unwrap();
    shelf.remove(KIND, "a").await.unwrap();
    assert_eq!(shelf.get(KIND, "a").await, Ok(None));
    shelf.put(KIND, "a", b"2".to_vec(), None, When::Absent).await.unwrap();
    assert_eq!(shelf.put(KIND, "a", b"x".to_vec(), None, When::Unchanged(old)).await, Err(PutError::Changed));
}

async fn kinds_have_keys_of_their_own(store: Store) {
    for (kind, value) in [(ShelfKind::Agents, "1"), (ShelfKind::Codes, "2")] {
        store.shelf.put(kind, "a", value.into(), None, When::Absent).await.unwrap();
    }
    assert_eq!(store.shelf.all(ShelfKind::Codes).await, Ok(vec![("a".to_owned(), b"2".to_vec())]));
}
