//! `GET /api/v1/statistics`: which codes and causes, at which provider, in which week.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use error_model::{
    case::{Counted, Summary},
    words,
};
use serde_json::json;

use super::{auth, either, fresh};
use crate::{agents::Role, http::relay::Relay};

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Counts the cases that are kept.
pub(in crate::http) async fn statistics(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = auth::agent(&relay, &method, &headers, Role::Agent).await;
    either(
        answer.map(|_| {
            fresh(json!({"counted": count(&relay.desk.store.cases.list(|one| one.code.is_some()))}))
        }),
    )
}

fn count(cases: &[Summary]) -> Vec<Counted> {
    let mut counts: BTreeMap<_, Counted> = BTreeMap::new();
    for one in cases {
        let Some(code) = one.code else { continue };
        let key = (
            monday(one.opened_at_ms),
            code.as_str(),
            one.cause.map(|cause| cause.id()),
            one.provider.clone(),
        );
        let new = || Counted {
            week: monday(one.opened_at_ms),
            code,
            cause: one.cause,
            provider: one.provider.clone(),
            cases: 0,
        };
        counts.entry(key).or_insert_with(new).cases += 1;
    }
    counts.into_values().collect()
}

/// The Monday of a moment's week, `2026-11-23`, in UTC.
fn monday(at_ms: i64) -> String {
    let day = at_ms.div_euclid(DAY_MS);
    // 1 January 1970 was a Thursday.
    words::day((day - (day + 3).rem_euclid(7)) * DAY_MS / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_its_monday() {
        for (seconds, week) in [
            (0, "1969-12-29"),
            (1_795_132_800, "2026-11-16"),
            (1_709_164_800, "2024-02-26"),
            (1_709_510_400, "2024-03-04"),
        ] {
            assert_eq!(monday(seconds * 1000), week);
        }
    }
}
