//! One check from the outside, and everything about it that isn't as the state or the contract says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use tests::lab::{Lab, shared, tokens::signed};

use crate::states::{SignIn, State};

/// The environment variable that hands over the password or token.
const SECRET_VARIABLE: &str = "LAB_SECRET";

/// What a check said.
pub struct Outcome {
    /// What was checked.
    pub state: &'static State,
    /// The cause of the headline, where there is one.
    pub cause: Option<String>,
    /// How sure it is.
    pub confidence: Option<String>,
    /// The observations that the headline cites.
    pub cited: Vec<Value>,
    /// What is wrong with it, with everything that the program said.
    pub complaint: Option<String>,
}

/// The messages of one run, sorted.
struct Messages {
    all: Vec<Value>,
    evidence: Vec<Value>,
    /// The one that stands.
    diagnosis: Value,
}

impl Messages {
    fn read(output: &Output) -> Self {
        let lines = output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        let all: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap_or(Value::Null)).collect();
        let of_type = |wanted: &str| {
            all.iter().filter(|message| message["type"] == wanted).cloned().collect::<Vec<_>>()
        };
        let diagnosis = of_type("diagnosis").pop().unwrap_or(Value::Null);
        Self { evidence: of_type("evidence"), diagnosis, all }
    }

    fn headline(&self, state: &State) -> &Value {
        &self.diagnosis["lanes"][state.lane]["findings"][0]
    }

    /// The observations that a finding cites, as far as they were shown.
    fn cited(&self, finding: &Value) -> Vec<Value> {
        let shown =
            self.evidence.iter().filter(|evidence| list(&finding["observations"]).contains(&evidence["seq"]));
        shown.map(|evidence| evidence["observation"].clone()).collect()
    }
}

/// Runs one check.
pub fn check(state: &'static State, program: &Path, lab: &Lab) -> Outcome {
    let arguments = arguments(state, lab);
    let output = Command::new(program)
        .args(&arguments)
        .env(SECRET_VARIABLE, secret(state).unwrap_or_default())
        .output()
        .expect("the program starts");
    let messages = Messages::read(&output);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Outcome {
        state,
        cause: text(&messages.diagnosis["cause"]),
        confidence: text(&messages.diagnosis["confidence"]),
        cited: messages.cited(messages.headline(state)),
        complaint: report(state, &arguments, &messages, &output),
    }
}

fn report(state: &State, arguments: &[String], messages: &Messages, output: &Output) -> Option<String> {
    let complaints = complaints(state, messages, output);
    if complaints.is_empty() {
        return None;
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
    Some(report)
}

fn arguments(state: &State, lab: &Lab) -> Vec<String> {
    let mut arguments: Vec<String> = ["check", state.email, "--json"].map(str::to_owned).to_vec();
    for (option, server) in [("--imap", state.imap), ("--smtp", state.smtp)] {
        if !server.is_empty() {
            let server = server.replace("{good}", &lab.address("good").to_string());
            arguments.extend([option.to_owned(), with_port(&server, lab)]);
        }
    }
    match state.sign_in {
        SignIn::No => {}
        SignIn::Password(_) => arguments.extend(["--password-env", SECRET_VARIABLE].map(str::to_owned)),
        SignIn::Token(_) | SignIn::Claims(_) | SignIn::Issued(_) => {
            arguments.extend(["--oauth-token-env", SECRET_VARIABLE].map(str::to_owned))
        }
    }
    arguments.extend(lab.options());
    if !state.inside {
        // The last option and its value lift the deny list for the loopback network.
        arguments.truncate(arguments.len() - 2);
    }
    arguments.extend(state.more.iter().map(|argument| with_port(argument, lab)));
    arguments
}

fn with_port(argument: &str, lab: &Lab) -> String {
    argument.replace("{v6}", &lab.port_on_ipv6().to_string())
}

/// Everything that isn't as the state or the contract says.
fn complaints(state: &State, messages: &Messages, output: &Output) -> Vec<String> {
    let diagnosis = &messages.diagnosis;
    if diagnosis.is_null() {
        return vec![format!("there is no diagnosis; the program ended with {}", output.status)];
    }
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
    expect("the last message", &messages.all.last().unwrap_or(&Value::Null)["type"], "done".into());
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
    let shown: BTreeSet<Option<u64>> =
        messages.evidence.iter().map(|evidence| evidence["seq"].as_u64()).collect();
    for lane in ["imap", "smtp"] {
        for finding in list(&diagnosis["lanes"][lane]["findings"]) {
            complaints.extend(unsupported(finding, &shown));
        }
    }
    let headline = messages.headline(state);
    if !offers(headline, state) {
        complaints.push(format!("{} isn't offered, but {}", state.offers, headline["suggestions"]));
    }
    if !String::from_utf8_lossy(&output.stdout).contains(state.shows) {
        complaints.push(format!("nothing shows {}", state.shows));
    }
    complaints.extend(compared_otherwise(&diagnosis["reported"], state, &shown));
    let mut others = list(&diagnosis["lanes"][state.lane]["findings"]).iter().skip(1);
    if !state.also.is_empty() && !others.any(|finding| finding["cause"] == state.also) {
        complaints.push(format!("{} isn't among the other findings", state.also));
    }
    complaints.extend(leaks(state, output));
    complaints
}

/// How the reported code stands to the finding, and why the two may differ.
fn compared_otherwise(reported: &Value, state: &State, shown: &BTreeSet<Option<u64>>) -> Option<String> {
    if state.relation.is_empty() {
        return None;
    }
    let reasons = list(&reported["reasons"]);
    let why: Vec<&str> = reasons.iter().filter_map(|reason| reason["why"].as_str()).collect();
    if reported["relation"] != state.relation || why != state.reasons {
        let (relation, reasons) = (state.relation, state.reasons);
        return Some(format!("the comparison is {reported}, not {relation} because of {reasons:?}"));
    }
    reasons.iter().find_map(|reason| unsupported(reason, shown))
}

/// A proven finding rests on observations, and every observation that is cited was shown.
fn unsupported(finding: &Value, shown: &BTreeSet<Option<u64>>) -> Option<String> {
    // A finding has a cause; a reason why codes differ has a `why`.
    let what = if finding["cause"].is_null() { &finding["why"] } else { &finding["cause"] };
    let cited = list(&finding["observations"]);
    if finding["confidence"] == "proven" && cited.is_empty() {
        return Some(format!("{what} is proven by no observation"));
    }
    let unknown = cited.iter().find(|observation| !shown.contains(&observation.as_u64()))?;
    Some(format!("{what} cites observation {unknown}, which was never shown"))
}

fn offers(finding: &Value, state: &State) -> bool {
    let tried = |suggestion: &Value| !state.tried || suggestion["tried"] == "works";
    state.offers.is_empty()
        || list(&finding["suggestions"]).iter().any(|s| s["value"] == state.offers && tried(s))
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
        SignIn::Issued(name) => Some(shared().issuer().token(name).to_owned()),
    }
}

/// The part of a secret's base64 that is the same whatever follows, where `shift` bytes come before it.
fn encoded_after(shift: usize, secret: &str) -> String {
    let encoded = STANDARD.encode([&vec![0; shift], secret.as_bytes()].concat());
    let first = if shift == 0 { 0 } else { 4 };
    encoded[first..encoded.len() - 4].to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
