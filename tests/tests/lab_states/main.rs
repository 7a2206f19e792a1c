//! Every state of the lab, checked with the real program from the outside: the diagnosis must have the catalogue's
//! code and cause, and every message must keep the promises that hold for all of them.
//!
//! One test runs all states, because they share one lab. `LAB_STATES=firewall` runs those with that word in the name.

mod charsets;
mod states;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use states::{SignIn, State};
use tests::binary::mailtriage;
use tests::lab::{Lab, shared, tokens::signed};

/// Checks that run at the same time. Most of a slow one is waiting for a server that doesn't answer.
const SIDE_BY_SIDE: usize = 12;
/// The environment variable that hands over the password or token.
const SECRET_VARIABLE: &str = "LAB_SECRET";

#[test]
fn every_state_gets_the_code_and_cause_of_the_catalogue() {
    let (program, lab) = (mailtriage(), shared());
    let filter = std::env::var("LAB_STATES").unwrap_or_default();
    let chosen: Vec<&State> = states::all().filter(|state| state.name.contains(&filter)).collect();
    assert!(!chosen.is_empty(), "no state has `{filter}` in its name");

    let waiting = Mutex::new(chosen.iter());
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().expect("no thread panics with the lock").next();
                    let Some(state) = next else { return };
                    if let Err(report) = check(state, &program, lab) {
                        wrong.lock().expect("no thread panics with the lock").push(report);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics with the lock");
    assert!(
        wrong.is_empty(),
        "{} of {} states are wrong:\n\n{}",
        wrong.len(),
        chosen.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_states_cover_every_numbered_code() {
    let codes: BTreeSet<&str> = states::all().map(|state| state.code).collect();
    for code in ["ok", "001", "002", "003", "004", "005", "006", "007", "008", "009"] {
        assert!(codes.contains(code), "no state gives {code}");
    }
    let names: BTreeSet<&str> = states::all().map(|state| state.name).collect();
    assert_eq!(names.len(), states::all().count(), "two states have one name");
}

/// Runs one check; what is wrong with it comes back as a report with everything the program said.
fn check(state: &State, program: &Path, lab: &Lab) -> Result<(), String> {
    let arguments = arguments(state, lab);
    let output = Command::new(program)
        .args(&arguments)
        .env(SECRET_VARIABLE, secret(state).unwrap_or_default())
        .output()
        .expect("the program starts");
    let complaints = complaints(state, &output);
    if complaints.is_empty() {
        return Ok(());
    }
    let mut report = format!("── {}: mailtriage {}\n", state.name, arguments.join(" "));
    for complaint in complaints {
        writeln!(report, "   ✗ {complaint}").expect("a string takes any text");
    }
    for stream in [&output.stdout, &output.stderr] {
        for line in String::from_utf8_lossy(stream).lines() {
            writeln!(report, "   | {line}").expect("a string takes any text");
        }
    }
    Err(report)
}

fn arguments(state: &State, lab: &Lab) -> Vec<String> {
    let mut arguments: Vec<String> = ["check", state.email, "--json"].map(str::to_owned).to_vec();
    for (option, server) in [("--imap", state.imap), ("--smtp", state.smtp)] {
        if !server.is_empty() {
            let server = server.replace("{good}", &lab.address("good").to_string());
            arguments.extend([option.to_owned(), server]);
        }
    }
    match state.sign_in {
        SignIn::No => {}
        SignIn::Password(_) => arguments.extend(["--password-env", SECRET_VARIABLE].map(str::to_owned)),
        SignIn::Token(_) | SignIn::Claims(_) => {
            arguments.extend(["--oauth-token-env", SECRET_VARIABLE].map(str::to_owned))
        }
    }
    arguments.extend(lab.options());
    if !state.inside {
        // The last option and its value lift the deny list for the loopback network.
        arguments.truncate(arguments.len() - 2);
    }
    arguments.extend(state.more.iter().map(|&argument| argument.to_owned()));
    arguments
}

/// Everything that isn't as the state or the contract says.
fn complaints(state: &State, output: &Output) -> Vec<String> {
    let lines = output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let messages: Vec<Value> =
        lines.map(|line| serde_json::from_slice(line).unwrap_or(Value::Null)).collect();
    let of_type = |wanted: &'static str| messages.iter().filter(move |message| message["type"] == wanted);
    let Some(diagnosis) = of_type("diagnosis").next_back() else {
        return vec![format!("there is no diagnosis; the program ended with {}", output.status)];
    };
    let mut complaints = Vec::new();
    let mut expect = |what: &str, seen: &Value, wanted: Value| {
        if *seen != wanted {
            complaints.push(format!("{what} is {seen}, not {wanted}"));
        }
    };
    let healthy = state.code == "ok";
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    expect("code", &diagnosis["code"], text(state.code));
    expect("cause", &diagnosis["cause"], text(state.cause));
    expect("final", &diagnosis["final"], true.into());
    expect("the last message", &messages.last().unwrap_or(&Value::Null)["type"], "done".into());
    expect("exit status", &output.status.code().into(), i32::from(!healthy).into());
    if healthy {
        for lane in ["imap", "smtp"] {
            expect("signed_in", &diagnosis["lanes"][lane]["signed_in"], secret(state).is_some().into());
            expect("the lane's state", &diagnosis["lanes"][lane]["state"], "passed".into());
        }
    } else {
        expect("lane", &diagnosis["lane"], state.lane.into());
        if !state.confidence.is_empty() {
            expect("confidence", &diagnosis["confidence"], state.confidence.into());
        }
    }
    let seen: BTreeSet<Option<u64>> = of_type("evidence").map(|evidence| evidence["seq"].as_u64()).collect();
    let headline = &diagnosis["lanes"][state.lane]["findings"][0];
    complaints.extend(unsupported(headline, &seen));
    if !offers(headline, state) {
        complaints.push(format!("{} isn't offered, but {}", state.offers, headline["suggestions"]));
    }
    if !String::from_utf8_lossy(&output.stdout).contains(state.shows) {
        complaints.push(format!("nothing shows {}", state.shows));
    }
    complaints.extend(compared_otherwise(&diagnosis["reported"], state, &seen));
    let findings =
        diagnosis["lanes"][state.lane]["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !state.also.is_empty() && !findings.iter().skip(1).any(|finding| finding["cause"] == state.also) {
        complaints.push(format!("{} isn't among the other findings", state.also));
    }
    complaints.extend(leaks(state, output));
    complaints
}

/// How the reported code stands to the finding, and why the two may differ.
fn compared_otherwise(reported: &Value, state: &State, seen: &BTreeSet<Option<u64>>) -> Option<String> {
    if state.relation.is_empty() {
        return None;
    }
    let reasons = reported["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
    let why: Vec<&str> = reasons.iter().filter_map(|reason| reason["why"].as_str()).collect();
    if reported["relation"] != state.relation || why != state.reasons {
        let (relation, reasons) = (state.relation, state.reasons);
        return Some(format!("the comparison is {reported}, not {relation} because of {reasons:?}"));
    }
    reasons.iter().find_map(|reason| unsupported(reason, seen))
}

/// A proven finding rests on observations, and every observation that is cited was shown.
fn unsupported(finding: &Value, seen: &BTreeSet<Option<u64>>) -> Option<String> {
    let cited = finding["observations"].as_array().map(Vec::as_slice).unwrap_or_default();
    if finding["confidence"] == "proven" && cited.is_empty() {
        return Some("the finding is proven by no observation".to_owned());
    }
    let unknown = cited.iter().find(|observation| !seen.contains(&observation.as_u64()))?;
    Some(format!("the finding cites observation {unknown}, which was never shown"))
}

fn offers(finding: &Value, state: &State) -> bool {
    let suggestions = finding["suggestions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let tried = |suggestion: &Value| !state.tried || suggestion["tried"] == "works";
    state.offers.is_empty() || suggestions.iter().any(|s| s["value"] == state.offers && tried(s))
}

/// The secret is in nothing that the program prints, neither as typed nor as it goes over the wire.
fn leaks(state: &State, output: &Output) -> Option<String> {
    let secret = secret(state)?;
    let secret = secret.as_str();
    let printed = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let printed = String::from_utf8_lossy(&printed);
    // The base64 of `NUL user NUL password` depends on what comes before; three alignments cover all of them.
    let encoded = (0..3).map(|shift| encoded_after(shift, secret));
    let needle =
        std::iter::once(secret.to_owned()).chain(encoded).find(|needle| printed.contains(needle.as_str()))?;
    Some(format!("the secret was printed, as {needle}"))
}

fn secret(state: &State) -> Option<String> {
    match state.sign_in {
        SignIn::No => None,
        SignIn::Password(secret) | SignIn::Token(secret) => Some(secret.to_owned()),
        SignIn::Claims(claims) => Some(signed(claims)),
    }
}

/// The part of a secret's base64 that is the same whatever follows, where `shift` bytes come before it.
fn encoded_after(shift: usize, secret: &str) -> String {
    let encoded = STANDARD.encode([&vec![0; shift], secret.as_bytes()].concat());
    let first = if shift == 0 { 0 } else { 4 };
    encoded[first..encoded.len() - 4].to_owned()
}
