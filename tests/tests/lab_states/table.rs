//! The page `docs/causes.md`: for each cause the programs that show it in the lab, and what proves it there.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use error_model::Cause;
use serde_json::Value;
use tests::lab::program::Program;

use crate::check::Outcome;

/// Where the page is.
pub const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/causes.md");

const INTRODUCTION: &str = "\
# What proves each cause

Written by the tests, from a run of every state of the lab: don't edit it. A row says which servers show a cause, in
which states, how sure the diagnosis is, and which observations it cites. `tests/tests/lab_states` has the states,
`tests/src/lab/hosts` the servers.

    UPDATE_DOCS=1 cargo test --package tests --test lab_states

writes the page anew (`cargo build --package relay` first); without the variable the same command fails where the rows
differ from what the states show. *Linux* is a port that is closed or drops everything, a *scripted peer* says what no
real server can be made to say.

| code | cause | shown by | states | how sure | what the headline cites |
|---|---|---|---|---|---|
";

const VERSIONS: &str = "
## The programs

As they were when the page was written; nothing is compared with this table.

| program | package | version |
|---|---|---|
";

/// The whole page.
pub fn page(outcomes: &[Outcome]) -> String {
    let mut page = INTRODUCTION.to_owned();
    for cause in Cause::ALL {
        page += &row(&format!("{} | {}", cause.code(), cause.id()), of_cause(outcomes, Some(cause.id())));
    }
    page += &row("ok | –", of_cause(outcomes, None));
    page += VERSIONS;
    for program in Program::PACKAGED {
        if let Some((package, version)) = program.package() {
            writeln!(page, "| {} | {package} | {version} |", program.name())
                .expect("a string takes any text");
        }
    }
    page
}

/// The rows that must be the same on every machine.
pub fn comparable(page: &str) -> BTreeSet<&str> {
    let end = page.find(VERSIONS.trim_start().lines().next().expect("a heading")).unwrap_or(page.len());
    page[..end].lines().filter(|line| !line.is_empty()).collect()
}

fn of_cause<'a>(outcomes: &'a [Outcome], cause: Option<&str>) -> Vec<&'a Outcome> {
    outcomes.iter().filter(|outcome| outcome.cause.as_deref() == cause).collect()
}

/// One row; none for a cause that no state shows.
fn row(start: &str, outcomes: Vec<&Outcome>) -> String {
    if outcomes.is_empty() {
        return String::new();
    }
    let programs: BTreeSet<Program> = outcomes.iter().flat_map(|outcome| outcome.state.programs()).collect();
    let programs: Vec<&str> = programs.into_iter().map(Program::name).collect();
    let states = outcomes.iter().map(|outcome| outcome.state.name.to_owned());
    let sure = outcomes.iter().filter_map(|outcome| outcome.confidence.clone());
    // In order: which of two lanes is seen first is chance.
    let cited: BTreeSet<String> =
        outcomes.iter().flat_map(|outcome| outcome.cited.iter().map(in_words)).collect();
    let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    format!(
        "| {start} | {} | {} | {} | {} |\n",
        programs.join(", "),
        each_once(states),
        dash(each_once(sure)),
        dash(each_once(cited.into_iter()))
    )
}

fn each_once(texts: impl Iterator<Item = String>) -> String {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept.join("; ")
}

/// What kind of observation it is, and what came out: no address, time or text, which change from run to run.
fn in_words(observation: &Value) -> String {
    let kind = observation["kind"].as_str().unwrap_or_default();
    let name = match kind {
        "dns-answer" => "DNS answer".to_owned(),
        "connect-attempt" => "TCP attempt".to_owned(),
        "start-tls" => "STARTTLS".to_owned(),
        "tls-handshake" => "TLS handshake".to_owned(),
        "legacy-tls" => "answer to an old hello".to_owned(),
        "every-hello-refused" => "every hello refused".to_owned(),
        "tls-without-name" => "hello without a name".to_owned(),
        "alternative" => "another port or mode".to_owned(),
        other => other.replace('-', " "),
    };
    let details = details(observation);
    if details.is_empty() { name } else { format!("{name} ({})", details.join(", ")) }
}

fn details(observation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(|text| text.replace('-', " "));
    let mut details = Vec::new();
    details.extend(text(&observation["record"]).filter(|_| observation["kind"] == "dns-answer"));
    let outcome = &observation["outcome"];
    details.extend(text(outcome).or_else(|| text(&outcome["result"])));
    // The alert by its name in the standard.
    details.extend(outcome["name"].as_str().map(str::to_owned));
    if let Some(faults) = observation["faults"].as_array() {
        details.extend(faults.iter().filter_map(|fault| text(&fault["fault"])));
        details.extend(faults.is_empty().then(|| "clean".to_owned()));
    }
    for (field, yes, no) in [
        ("accepted", "accepted", "refused"),
        ("opened", "opened", "not opened"),
        ("allowed", "allowed", "not allowed"),
        ("offered", "offered", "not offered"),
    ] {
        details.extend(observation[field].as_bool().map(|said| if said { yes } else { no }.to_owned()));
    }
    details.extend(text(&observation["protocol"]));
    let reply = &observation["reply"];
    if reply["status"] != "ok" {
        details.extend(reply["code"].as_u64().map(|code| code.to_string()));
        details.extend(reply["enhanced"].as_str().map(str::to_owned));
        details.extend(reply["response_code"].as_str().map(|code| format!("[{code}]")));
    }
    details.extend(text(&observation["step"]).map(|step| format!("in {step}")));
    details.extend(text(&observation["version"]));
    details
}
