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
    use error_model::{
        Cause, Code, Lang,
        case::{By, CaseEvent, CaseSettings, Draft, What},
    };

    use super::*;

    /// A case opened on this day, in which this was found.
    fn case(day: i64, provider: Option<&str>, code: Code, cause: Option<Cause>) -> Summary {
        let what = What::Opened { ticket: None, lang: Lang::Ja, settings: CaseSettings::default() };
        let draft = Draft { id: "opened".into(), by: By::Agent("anna".into()), what };
        let summary = Summary::begin("c", &CaseEvent { seq: 1, at_ms: day * DAY_MS, draft }).unwrap();
        Summary { code: Some(code), cause, provider: provider.map(str::to_owned), ..summary }
    }

    #[test]
    fn cases_are_counted_apart_by_week_code_cause_and_provider() {
        // 23 November 2026 is a Monday.
        const MONDAY: i64 = 20_780;
        let named = Some(Cause::NameNotCovered);
        let cases = [
            case(MONDAY, Some("gmail"), Code::E006, named),
            case(MONDAY + 6, Some("gmail"), Code::E006, named),
            case(MONDAY + 7, Some("gmail"), Code::E006, named),
            case(MONDAY - 1, Some("gmail"), Code::E006, named),
            case(MONDAY, None, Code::E006, named),
            case(MONDAY, None, Code::Ok, None),
        ];
        let counted = count(&cases).into_iter().map(|one| (one.week, one.code, one.provider, one.cases));
        let counted: Vec<_> = counted.collect();
        let row = |week: &str, code, provider: Option<&str>, cases| {
            (week.to_owned(), code, provider.map(str::to_owned), cases)
        };
        assert_eq!(
            counted,
            [
                row("2026-11-16", Code::E006, Some("gmail"), 1),
                row("2026-11-23", Code::E006, None, 1),
                row("2026-11-23", Code::E006, Some("gmail"), 2),
                row("2026-11-23", Code::Ok, None, 1),
                row("2026-11-30", Code::E006, Some("gmail"), 1),
            ]
        );
    }

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
