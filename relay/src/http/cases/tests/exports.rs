//! A case as it goes into the ticket: whole, and without anything that a stranger's text could mean there.

use error_model::{
    Cause, Code, Lane, Observed,
    case::{By, CaseSettings, Draft, What},
    diagnosis::{Confidence, Diagnosis, Finding, LaneDiagnosis, LaneState, Lanes},
    evidence::{Observation, Transcript, TranscriptSide},
    wire::RelayMessage,
};
use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::cases::{CaseId, Next};

/// Would be a link, a heading, an image, markup, a formula, or control a terminal.
const HOSTILE: &str = "x`](javascript:alert(1))\u{202e}\u{1b}[2J ![i](http://evil.example/i) <img src=x onerror=alert(1)> | $(id)";

/// The same with lines of its own.
fn lines() -> String {
    format!("=HYPERLINK(\"http://evil.example\")\r\n~~~~\r\n# Heading\r\n```\r\n- {HOSTILE}")
}

fn settings(host: &str) -> CaseSettings {
    let server = json!({"host": host, "port": 993, "security": "tls"});
    CaseSettings { imap: serde_json::from_value(server).unwrap(), ..CaseSettings::default() }
}

/// What a run found.
pub(super) fn diagnosis(code: Code, cause: Option<Cause>) -> RelayMessage {
    let finding = cause.map(|cause| Finding {
        code,
        cause,
        confidence: Confidence::Proven,
        also_shown_as: vec![],
        observations: vec![1],
        suggestions: vec![],
    });
    let state = if finding.is_some() { LaneState::Failed } else { LaneState::Passed };
    let findings = finding.into_iter().collect();
    let lane = LaneDiagnosis { state, step: error_model::Step::Certificate, signed_in: false, findings };
    RelayMessage::Diagnosis(Diagnosis {
        code,
        cause,
        confidence: cause.map(|_| Confidence::Proven),
        lane: cause.map(|_| Lane::Imap),
        is_final: true,
        lanes: Lanes { imap: Some(lane), smtp: None },
        reported: None,
    })
}

/// Puts a run with these messages into a case.
pub(super) async fn ran(relay: &Relay, case: &str, host: &str, messages: Vec<RelayMessage>) {
    let case = CaseId::parse(case).unwrap();
    let run = crate::random::hashed(&format!("{case} {host}"))[..16].to_owned();
    let begun = What::RunStarted { run: run.clone(), settings: settings(host), connection_only: true };
    let seen = messages.into_iter().map(|message| What::Ran { run: run.clone(), message: Box::new(message) });
    for (n, what) in [begun].into_iter().chain(seen).enumerate() {
        let draft = Draft { id: format!("r-{run}-{n}"), by: By::Customer, what };
        relay.desk.store.cases.append(case, draft, None).await.unwrap();
    }
}

/// A case in which strangers wrote whatever they liked: its agent's token, and the case.
async fn hostile(relay: &Arc<Relay>) -> (String, String) {
    let agent = token(relay, "anna", Role::Agent).await;
    let new = json!({"ticket": format!("=1+1 {HOSTILE}")[..100].trim(), "lang": "en"});
    let (status, opened) = answer(relay, "POST", "/api/v1/cases", &bearer(&agent), Some(new)).await;
    assert_eq!(status, StatusCode::CREATED, "{opened}");
    let case = opened["case"].as_str().unwrap().to_owned();
    let said = Transcript { side: TranscriptSide::Server, text: lines().as_str().into() };
    let observation = Observation::Transcript(said);
    let seen = RelayMessage::Evidence(Observed { seq: 1, at_ms: 83, lane: Lane::Imap, observation });
    let found = diagnosis(Code::E006, Some(Cause::NameNotCovered));
    ran(relay, &case, &format!("=cmd|' /C calc'!A0.{HOSTILE}"), vec![seen, found]).await;
    (agent, case)
}

async fn exported(relay: &Arc<Relay>, agent: &str, path: &str) -> (String, String) {
    let response = ask(relay, request("GET", path, &bearer(agent), None)).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{path}");
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    (kind, text(response).await)
}

fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && error_model::text::is_control(c))
}

#[tokio::test]
async fn in_markdown_a_strangers_text_is_text() {
    let relay = relay().await;
    let (agent, case) = hostile(&relay).await;
    for lang in ["ja", "en"] {
        let path = format!("/api/v1/cases/{case}/export?format=markdown&lang={lang}");
        let (kind, markdown) = exported(&relay, &agent, &path).await;
        assert_eq!(kind, "text/markdown; charset=utf-8");
        assert!(is_plain(&markdown), "{markdown}");
        let mut headings = 0;
        let mut blocks = 0;
        for event in Parser::new(&markdown) {
            match event {
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Start(Tag::CodeBlock(_)) => blocks += 1,
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
                | Event::Html(_)
                | Event::InlineHtml(_) => panic!("{event:?} in:\n{markdown}"),
                _ => {}
            }
        }
        assert_eq!((headings, blocks), (2, 1), "ours, and no others:\n{markdown}");
        let title = Cause::NameNotCovered.texts().get(error_model::Lang::parse(lang).unwrap()).title();
        assert!(markdown.contains(&crate::names::names().put(&format!("006 {title}"))), "{markdown}");
        assert!(markdown.contains(":993 (SSL/TLS)") && markdown.contains("83 ms"), "{markdown}");
    }
}

#[tokio::test]
async fn in_plain_text_nothing_moves_a_cursor_or_begins_a_line() {
    let relay = relay().await;
    let (agent, case) = hostile(&relay).await;
    let path = format!("/api/v1/cases/{case}/export?format=plain");
    let (kind, plain) = exported(&relay, &agent, &path).await;
    assert_eq!(kind, "text/plain; charset=utf-8");
    assert!(is_plain(&plain), "{plain}");
    assert!(plain.contains("\\u{202e}\\u{1b}[2J"), "{plain}");
    assert!(!plain.lines().any(|line| line.starts_with(['=', '#', '~'])), "{plain}");
}

#[tokio::test]
async fn as_json_a_case_is_what_the_api_shows_of_it() {
    let relay = relay().await;
    let (agent, case) = hostile(&relay).await;
    let path = format!("/api/v1/cases/{case}/export?format=json");
    let (kind, json) = exported(&relay, &agent, &path).await;
    assert_eq!(kind, "application/json");
    let (_, shown) = answer(&relay, "GET", &format!("/api/v1/cases/{case}"), &bearer(&agent), None).await;
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), shown);
    assert_eq!(shown["summary"]["cause"], "name-not-covered");
}

#[tokio::test]
async fn in_the_table_of_cases_no_cell_is_a_formula_and_no_case_has_two_lines() {
    let relay = relay().await;
    let (agent, _) = hostile(&relay).await;
    for ticket in ["+1", "-1", "@SUM(A1)", "=1", "＝1", "＋1", "－1", "＠SUM(A1)", "\u{3000}=1", "|calc"]
    {
        let new = json!({"ticket": ticket});
        let (status, _) = answer(&relay, "POST", "/api/v1/cases", &bearer(&agent), Some(new)).await;
        assert_eq!(status, StatusCode::CREATED);
    }
    let (kind, table) = exported(&relay, &agent, "/api/v1/cases.csv").await;
    assert_eq!(kind, "text/csv; charset=utf-8");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let column = |name: &str| names.iter().position(|found| found == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 11);
    assert_eq!(table.matches("\r\n").count(), 12, "a line each, and the names");
    for cell in rows.iter().flatten() {
        assert!(is_plain(cell), "{cell:?}");
        let first = cell.trim_start().chars().next().unwrap_or('0');
        assert!(!"=+-@|%＝＋－＠".contains(first), "{cell:?}");
    }
    let found = rows.iter().find(|row| &row[column("cause")] == "name-not-covered").unwrap();
    assert_eq!((&found[column("code")], &found[column("runs")]), ("006", "1"));
}

#[tokio::test]
async fn a_form_that_nobody_knows_is_refused_with_those_that_there_are() {
    let relay = relay().await;
    let (agent, case) = hostile(&relay).await;
    let path = format!("/api/v1/cases/{case}/export?format=pdf");
    let (status, refused) = answer(&relay, "GET", &path, &bearer(&agent), None).await;
    assert_eq!((status, &refused["field"]), (StatusCode::BAD_REQUEST, &json!("format")));
    assert!(refused["message"].as_str().unwrap().contains("markdown"), "{refused}");
}

#[tokio::test]
async fn a_lead_removes_a_case_for_everybody_and_an_agent_does_not() {
    let relay = relay().await;
    let (agent, case) = hostile(&relay).await;
    let lead = token(&relay, "lea", Role::Lead).await;
    let path = format!("/api/v1/cases/{case}");
    let id = CaseId::parse(&case).unwrap();
    let last = relay.desk.summary(id).unwrap().last_seq;
    let mut watcher = relay.desk.store.cases.subscribe(id, last).unwrap();
    let (status, refused) = answer(&relay, "DELETE", &path, &bearer(&agent), None).await;
    assert_eq!((status, &refused["field"]), (StatusCode::FORBIDDEN, &json!("role")));
    assert_eq!(
        answer(&relay, "GET", &path, &bearer(&agent), None).await.0,
        StatusCode::OK,
        "it's still there"
    );
    assert_eq!(answer(&relay, "DELETE", &path, &bearer(&lead), None).await.0, StatusCode::NO_CONTENT);
    let cases = &*relay.desk.store.cases;
    assert_eq!(watcher.next(cases).await, Ok(Next::Current));
    assert_eq!(watcher.next(cases).await, Ok(Next::Over), "watchers are told");
    for (method, path) in
        [("GET", path.clone()), ("GET", format!("{path}/export?format=json")), ("DELETE", path.clone())]
    {
        assert_eq!(
            answer(&relay, method, &path, &bearer(&lead), None).await.0,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let (_, list) = answer(&relay, "GET", "/api/v1/cases", &bearer(&agent), None).await;
    assert_eq!(list, json!({"cases": [], "found": 0}));
    assert_eq!(cases.read(id, 0, 99).await.unwrap(), []);
}
