//! `GET /api/v1/statistics`: which codes and causes, at which provider, in which week.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use error_model::case::{Counted, Summary};
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
    either(answer.map(|_| fresh(json!({"counted": count(&relay.desk.store.cases.list())}))))
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
    let (year, month, day) = date(day - (day + 3).rem_euclid(7));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The date of a day since 1970, in the Gregorian calendar: years are counted from 1 March, so that a leap day is the last.
fn date(day: i64) -> (i64, i64, i64) {
    let since = day + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
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
