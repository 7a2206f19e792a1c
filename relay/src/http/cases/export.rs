//! One case for the ticket: as Markdown, as plain text, as JSON; and a reply for the customer.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use error_model::{
    Code, Diagnosis, Lane, Lang,
    case::{CaseEvent, CaseSettings, OpenCase, Summary, What},
    strings::{self, card},
    text::{escape, is_control},
    texts::Section,
    wire::RelayMessage,
    words,
};
use serde::Deserialize;
use serde_json::json;

use super::{bad_request, either, fresh, opened, refuse};
use crate::{http::relay::Relay, names::names};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Markdown,
    Plain,
    Json,
}

#[derive(Debug, Deserialize)]
pub(in crate::http) struct ExportQuery {
    format: Format,
    lang: Option<Lang>,
}

#[derive(Debug, Deserialize)]
pub(in crate::http) struct ReplyQuery {
    lang: Option<Lang>,
}

/// `GET /api/v1/cases/{case}/export?format=markdown|plain|json`.
pub(in crate::http) async fn export(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
    query: Result<Query<ExportQuery>, QueryRejection>,
) -> Response {
    let answer = async {
        let case = opened(&relay, &case, &method, &headers).await?;
        let Query(query) = query.map_err(|error| refuse(bad_request("format", error.body_text())))?;
        let lang = query.lang.unwrap_or(case.summary.lang);
        let kind = match query.format {
            Format::Json => return Ok(fresh(case)),
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Plain => "text/plain; charset=utf-8",
        };
        let text = document(&case, lang, query.format == Format::Markdown);
        Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response())
    };
    either(answer.await)
}

/// `GET /api/v1/cases/{case}/reply`: what to write to the customer, in their language.
pub(in crate::http) async fn reply(
    State(relay): State<Arc<Relay>>,
    case: Path<String>,
    method: Method,
    headers: HeaderMap,
    query: Result<Query<ReplyQuery>, QueryRejection>,
) -> Response {
    let answer = async {
        let OpenCase { summary, .. } = opened(&relay, &case, &method, &headers).await?;
        let Query(query) = query.map_err(|error| refuse(bad_request("lang", error.body_text())))?;
        let lang = query.lang.unwrap_or(summary.lang);
        let text = reply_text(&summary, lang);
        let text =
            text.ok_or_else(|| refuse(bad_request("case", "No run of this case has found anything yet.")))?;
        Ok(fresh(json!({"lang": lang, "text": text})))
    };
    either(answer.await)
}

/// The cause in a sentence, and the steps for the person. Markdown, as tickets take it.
fn reply_text(summary: &Summary, lang: Lang) -> Option<String> {
    let text = match (summary.cause, summary.code?) {
        (Some(cause), _) => cause.texts(),
        (None, Code::Ok) => Code::Ok.texts(),
        (None, _) => return None,
    };
    let text = text.get(lang);
    let steps = text.section(Section::Person);
    Some(names().put(format!("{}\n\n{}", text.sentence(), steps).trim()))
}

/// The words of an export.
struct Words {
    ticket: &'static str,
    found: &'static str,
    seen: &'static str,
    none: &'static str,
}

const fn words_in(lang: Lang) -> Words {
    match lang {
        Lang::Ja => Words {
            ticket: "チケット",
            found: "診断結果",
            seen: "確認した内容",
            none: "まだ診断していません。",
        },
        Lang::En => {
            Words { ticket: "Ticket", found: "Found", seen: "What was seen", none: "No check has run yet." }
        }
    }
}

fn document(case: &OpenCase, lang: Lang, markdown: bool) -> String {
    let words = words_in(lang);
    let summary = &case.summary;
    let mut out = String::new();
    let mut line = |text: &str| {
        // A string takes any text.
        let _written = writeln!(out, "{text}");
    };
    let shown = |text: &str| if markdown { code_span(text) } else { escape(text) };
    let heading = |text: &str| if markdown { format!("## {text}") } else { text.to_owned() };
    if let Some(ticket) = &summary.ticket {
        line(&format!("{}: {}", words.ticket, shown(ticket)));
    }
    if let Some(seconds) = last_begin(&case.events) {
        line(&format!("{}: {}", card::EXPORT_TIME.get(lang), words::moment(seconds)));
    }
    for lane in Lane::ALL {
        let server = last_settings(&case.events).and_then(|settings| match lane {
            Lane::Imap => settings.imap.as_ref(),
            Lane::Smtp => settings.smtp.as_ref(),
        });
        if let Some(server) = server {
            let (name, mode) = (strings::lane(lane).get(lang), words::security(server.security).get(lang));
            line(&format!("{name}: {}:{} ({mode})", shown(&server.host), server.port));
        }
    }
    line("");
    line(&heading(words.found));
    match (summary.code, summary.cause) {
        (None, _) => line(words.none),
        (Some(code), cause) => {
            let title = cause.map_or_else(|| code.texts(), error_model::Cause::texts).get(lang).title();
            line(&names().put(&format!("{code} {title}")));
            if let Some(diagnosis) = last_diagnosis(&case.events) {
                lanes(diagnosis, lang).iter().for_each(|text| line(&format!("- {text}")));
            }
        }
    }
    let evidence = evidence_of_last_run(&case.events, lang);
    if !evidence.is_empty() {
        line("");
        line(&heading(words.seen));
        // No line of the block can end it: none begins with a fence.
        let fence = if markdown { "~~~~" } else { "" };
        line(fence);
        evidence.iter().for_each(|text| line(&format!("  {text}")));
        line(fence);
    }
    out
}

fn lanes(diagnosis: &Diagnosis, lang: Lang) -> Vec<String> {
    let findings = Lane::ALL.into_iter().filter_map(|lane| Some((lane, diagnosis.lanes.get(lane)?)));
    let lines = findings.flat_map(|(lane, found)| {
        found.findings.iter().map(move |finding| {
            let title = names().put(finding.cause.texts().get(lang).title());
            format!("{}: {} {title}", if lane == Lane::Imap { "IMAP" } else { "SMTP" }, finding.code)
        })
    });
    lines.collect()
}

/// When the last run began, in seconds since the Unix epoch.
fn last_begin(events: &[CaseEvent]) -> Option<i64> {
    let begins = events.iter().rev().find(|event| matches!(event.draft.what, What::RunStarted { .. }));
    begins.map(|event| event.at_ms.div_euclid(1000))
}

/// What the last run checked, or what was known before any.
fn last_settings(events: &[CaseEvent]) -> Option<&CaseSettings> {
    events.iter().rev().find_map(|event| match &event.draft.what {
        What::RunStarted { settings, .. } | What::Opened { settings, .. } => Some(settings),
        _ => None,
    })
}

fn last_run(events: &[CaseEvent]) -> impl Iterator<Item = &RelayMessage> {
    let last = events.iter().rev().find_map(|event| match &event.draft.what {
        What::RunStarted { run, .. } => Some(run.as_str()),
        _ => None,
    });
    events.iter().filter_map(move |event| match &event.draft.what {
        What::Ran { run, message } if Some(run.as_str()) == last => Some(&**message),
        _ => None,
    })
}

fn last_diagnosis(events: &[CaseEvent]) -> Option<&Diagnosis> {
    let diagnoses = last_run(events).filter_map(|message| match message {
        RelayMessage::Diagnosis(diagnosis) => Some(diagnosis),
        _ => None,
    });
    diagnoses.last()
}

fn evidence_of_last_run(events: &[CaseEvent], lang: Lang) -> Vec<String> {
    let lines = last_run(events).filter_map(|message| match message {
        RelayMessage::Evidence(seen) => {
            let lane = if seen.lane == Lane::Imap { "IMAP" } else { "SMTP" };
            let text = words::line(&seen.observation, lang);
            Some(format!("{lane} {:>6} ms  {}", seen.at_ms, escape(&text)))
        }
        _ => None,
    });
    lines.collect()
}

/// Text of strangers in Markdown: nothing in it means anything.
fn code_span(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| !is_control(*c)).map(|c| if c == '`' { '\'' } else { c }).collect();
    format!("`{plain}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_strangers_means_nothing_in_markdown() {
        assert_eq!(code_span("a`](javascript:x)\u{202e}\n# b"), "`a'](javascript:x)# b`");
    }
}
