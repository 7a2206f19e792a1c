//! Cases by many criteria, as JSON and as CSV.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use error_model::{
    Cause, Code,
    case::{CaseState, Summary},
    text::escape,
};
use serde::Deserialize;
use serde_json::json;

use super::{auth, bad_request, either, fresh, refuse};
use crate::{agents::Role, http::relay::Relay, limits};

/// Which cases.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::http) struct Filter {
    state: Option<CaseState>,
    agent: Option<String>,
    ticket: Option<String>,
    code: Option<Code>,
    cause: Option<Cause>,
    /// Part of a server's name.
    host: Option<String>,
    /// Opened at this time or later, in milliseconds since the Unix epoch.
    since: Option<i64>,
    /// Opened before this time.
    until: Option<i64>,
    /// Part of a ticket's number, a server's name, an address, or an agent's name.
    q: Option<String>,
}

impl Filter {
    fn takes(&self, one: &Summary) -> bool {
        let equal =
            |wanted: &Option<String>, seen: Option<&str>| wanted.as_deref().is_none_or(|w| Some(w) == seen);
        let has = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
        self.state.is_none_or(|state| state == one.state)
            && equal(&self.agent, Some(&one.agent))
            && equal(&self.ticket, one.ticket.as_deref())
            && self.code.is_none_or(|code| one.code == Some(code))
            && self.cause.is_none_or(|cause| one.cause == Some(cause))
            && self.host.as_ref().is_none_or(|part| one.hosts.iter().any(|host| has(host, part)))
            && self.since.is_none_or(|since| one.opened_at_ms >= since)
            && self.until.is_none_or(|until| one.opened_at_ms < until)
            && self.q.as_ref().is_none_or(|part| {
                let texts = [
                    one.ticket.as_deref(),
                    Some(&*one.agent),
                    one.email.as_ref().map(|email| email.as_str()),
                ];
                texts
                    .into_iter()
                    .flatten()
                    .chain(one.hosts.iter().map(String::as_str))
                    .any(|text| has(text, part))
            })
    }
}

/// The cases that a query asks for.
async fn wanted(
    relay: &Relay,
    method: &Method,
    headers: &HeaderMap,
    query: Result<Query<Filter>, QueryRejection>,
) -> Result<Vec<Summary>, Response> {
    auth::agent(relay, method, headers, Role::Agent).await?;
    let Query(filter) = query.map_err(|error| refuse(bad_request("query", error.body_text())))?;
    Ok(relay.desk.store.cases.list(|one| filter.takes(one)))
}

/// `GET /api/v1/cases`: the last ones that fit.
pub(in crate::http) async fn list(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
    query: Result<Query<Filter>, QueryRejection>,
) -> Response {
    either(wanted(&relay, &method, &headers, query).await.map(|mut cases| {
        let found = cases.len();
        cases.truncate(limits::LISTED);
        fresh(json!({"cases": cases, "found": found}))
    }))
}

/// `GET /api/v1/cases.csv`: all that fit.
pub(in crate::http) async fn csv(
    State(relay): State<Arc<Relay>>,
    method: Method,
    headers: HeaderMap,
    query: Result<Query<Filter>, QueryRejection>,
) -> Response {
    either(wanted(&relay, &method, &headers, query).await.map(|cases| {
        let kind = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"cases.csv\""),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (kind, table(&cases)).into_response()
    }))
}

/// RFC 4180, with a first line of names.
fn table(cases: &[Summary]) -> String {
    let mut csv =
        "case,ticket,state,agent,opened_at_ms,updated_at_ms,code,cause,hosts,provider,runs\r\n".to_owned();
    for one in cases {
        let cells = [
            one.case.clone(),
            one.ticket.clone().unwrap_or_default(),
            serde_json::to_value(one.state)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default(),
            one.agent.clone(),
            one.opened_at_ms.to_string(),
            one.updated_at_ms.to_string(),
            one.code.map(|code| code.as_str().to_owned()).unwrap_or_default(),
            one.cause.map(|cause| cause.id().to_owned()).unwrap_or_default(),
            one.hosts.join(" "),
            one.provider.clone().unwrap_or_default(),
            one.runs.to_string(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
        csv.push_str(&cells.join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell that stays text: a spreadsheet would take one that begins with these for a formula, some also in their full width.
fn cell_of(text: &str) -> String {
    let text = escape(text);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_no_second_line() {
        for (text, cell) in [
            ("4711", "\"4711\""),
            ("=HYPERLINK(\"http://evil.example\")", "\"'=HYPERLINK(\"\"http://evil.example\"\")\""),
            (" @SUM(A1)", "\"' @SUM(A1)\""),
            ("a\r\n=1", "\"a\\r\\n=1\""),
            ("\t=1", "\"\\t=1\""),
            ("\u{3000}＝1", "\"'\u{3000}＝1\""),
        ] {
            assert_eq!(cell_of(text), cell);
        }
    }
}
