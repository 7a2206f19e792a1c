//! The relay's messages, read without serde's derived readers of the large types: those would be half of the page's
//! WebAssembly. Field by field instead, through a handful of small helpers. The compiler notices a field that is
//! missing here; a test compares the result with serde's own for every kind of message.

mod certificate;
mod discovery;
mod evidence;
mod fields;

use error_model::{
    Cause, Comparison, Diagnosis, Finding, LaneDiagnosis, Observed, Relation, Suggestion, Why,
    comparison::Reason,
    diagnosis::Lanes,
    wire::{HelloLimits, Problem, RelayMessage},
};

pub(crate) use self::{discovery::discovery, fields::Fields};

/// Reads one message, with its number where it has one. `None`: it isn't one, or it's of a kind or shape that this page doesn't know.
#[must_use]
pub fn message(text: &str) -> Option<(Option<u64>, RelayMessage)> {
    let value = serde_json::from_str(text).ok()?;
    let f = Fields::of(&value)?;
    let message = match f.tag("type")? {
        "hello" => RelayMessage::Hello {
            version: f.text("version")?,
            egress_addresses: f.list("egress_addresses", |v| v.as_str()?.parse().ok()),
            limits: limits(f.inner("limits")?)?,
        },
        "run" => RelayMessage::Run { run: f.text("run")? },
        "step" => RelayMessage::Step {
            lane: f.word("lane")?,
            step: f.word("step")?,
            state: f.word("state")?,
            elapsed_ms: f.number("elapsed_ms")?,
        },
        "evidence" => RelayMessage::Evidence(Observed {
            seq: f.number("seq")?,
            at_ms: f.number("at_ms")?,
            lane: f.word("lane")?,
            observation: evidence::observation(f.inner("observation")?)?,
        }),
        "diagnosis" => RelayMessage::Diagnosis(diagnosis(f)?),
        "problem" => RelayMessage::Problem(Problem {
            code: f.word("code")?,
            message: f.text("message")?,
            field: f.text("field"),
            retry_after_s: f.number("retry_after_s"),
        }),
        "done" => RelayMessage::Done { elapsed_ms: f.number("elapsed_ms")? },
        _ => RelayMessage::Unknown,
    };
    Some((f.number("n"), message))
}

fn limits(f: Fields<'_>) -> Option<HelloLimits> {
    Some(HelloLimits { message_bytes: f.number("message_bytes")?, run_seconds: f.number("run_seconds")? })
}

fn diagnosis(f: Fields<'_>) -> Option<Diagnosis> {
    let lanes = f.inner("lanes")?;
    Some(Diagnosis {
        code: f.word("code")?,
        cause: f.tag("cause").and_then(Cause::parse),
        confidence: f.word("confidence"),
        lane: f.word("lane"),
        is_final: f.flag("final"),
        lanes: Lanes { imap: lanes.inner("imap").and_then(lane), smtp: lanes.inner("smtp").and_then(lane) },
        reported: f.inner("reported").and_then(comparison),
    })
}

fn comparison(f: Fields<'_>) -> Option<Comparison> {
    Some(Comparison {
        code: f.word("code")?,
        relation: Relation::parse(f.tag("relation")?)?,
        lane: f.word("lane"),
        cause: f.tag("cause").and_then(Cause::parse),
        reasons: f.list("reasons", |v| reason(Fields::of(v)?)),
    })
}

fn reason(f: Fields<'_>) -> Option<Reason> {
    Some(Reason {
        why: Why::parse(f.tag("why")?)?,
        observations: observations(f),
        lane: f.word("lane"),
        at: f.moment("at"),
        ttl_s: f.number("ttl_s"),
    })
}

fn lane(f: Fields<'_>) -> Option<LaneDiagnosis> {
    Some(LaneDiagnosis {
        state: f.word("state")?,
        step: f.word("step")?,
        signed_in: f.flag("signed_in"),
        findings: f.list("findings", |v| finding(Fields::of(v)?)),
    })
}

fn finding(f: Fields<'_>) -> Option<Finding> {
    Some(Finding {
        code: f.word("code")?,
        cause: Cause::parse(f.tag("cause")?)?,
        confidence: f.word("confidence")?,
        also_shown_as: f.list("also_shown_as", fields::word),
        observations: observations(f),
        suggestions: f.list("suggestions", |v| suggestion(Fields::of(v)?)),
    })
}

fn observations(f: Fields<'_>) -> Vec<u32> {
    f.list("observations", |v| v.as_u64()?.try_into().ok())
}

fn suggestion(f: Fields<'_>) -> Option<Suggestion> {
    Some(Suggestion {
        id: f.text("id")?,
        field: f.word("field")?,
        value: f.text("value")?,
        tried: f.word("tried"),
    })
}

#[cfg(test)]
mod tests;
