//! Records as entries of a bucket. This version of JetStream ends a whole bucket's entries at one age: when each of them
//! ends by itself stands in front of its value.

use async_nats::jetstream::kv::{CreateErrorKind, Operation, Store, UpdateErrorKind};
use futures::TryStreamExt;

use super::{PutError, Record, Unavailable, When, connect};
use crate::store::{Keyed, now_ms};

fn envelope(value: &[u8], until_ms: Option<i64>) -> Vec<u8> {
    [&until_ms.unwrap_or(i64::MAX).to_be_bytes()[..], value].concat()
}

/// The value, unless it has ended.
fn open(envelope: &[u8]) -> Option<Vec<u8>> {
    let (until_ms, value) = envelope.split_first_chunk()?;
    (i64::from_be_bytes(*until_ms) > now_ms()).then(|| value.to_vec())
}

pub(super) async fn get(bucket: &Store, key: &str) -> Result<Option<Record>, Unavailable> {
    let entry = connect::patiently(|| bucket.entry(key)).await?;
    let entry = entry.filter(|entry| entry.operation == Operation::Put);
    Ok(entry.and_then(|entry| Some(Record { value: open(&entry.value)?, revision: entry.revision })))
}

/// Tried once: what became of a try without an answer can't be told from a change by somebody else.
pub(super) async fn put(
    bucket: &Store,
    key: &str,
    value: &[u8],
    until_ms: Option<i64>,
    when: When,
) -> Result<u64, PutError> {
    let envelope = envelope(value, until_ms);
    let revision = match when {
        When::Unchanged(revision) => revision,
        When::Absent => match bucket.create(key, envelope.clone().into()).await {
            Ok(revision) => return Ok(revision),
            Err(error) if error.kind() == CreateErrorKind::AlreadyExists => {
                let entry = connect::patiently(|| bucket.entry(key)).await?;
                match entry.filter(|entry| entry.operation == Operation::Put && open(&entry.value).is_none())
                {
                    Some(ended) => ended.revision,
                    None => return Err(PutError::Changed),
                }
            }
            Err(error) => return Err(Unavailable::because(error).into()),
        },
    };
    bucket.update(key, envelope.into(), revision).await.map_err(|error| match error.kind() {
        UpdateErrorKind::WrongLastRevision => PutError::Changed,
        _ => Unavailable::because(error).into(),
    })
}

pub(super) async fn remove(bucket: &Store, key: &str) -> Result<(), Unavailable> {
    connect::patiently(|| bucket.purge(key)).await
}

pub(super) async fn all(bucket: &Store) -> Result<Keyed, Unavailable> {
    let mut keys: Vec<String> =
        connect::patiently(|| bucket.keys()).await?.try_collect().await.map_err(Unavailable::because)?;
    keys.sort();
    let mut records = Vec::new();
    for key in keys {
        if let Some(record) = get(bucket, &key).await? {
            records.push((key, record.value));
        }
    }
    Ok(records)
}
