//! Messages of clients: read once, and what is wrong with them named by field.

use altcha_lib_rs::Payload;
use error_model::wire::{Problem, Start};
use serde::{Deserialize, de::DeserializeOwned};

use super::{api::bad_request, sign_in::Shown};

/// What a client asks for.
pub(super) enum Ask {
    Start(Box<Start>),
    Cancel,
    Apply(String),
    /// Go on with the run of a connection that was lost.
    Resume(Resume),
}

#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Apply {
    suggestion: String,
}

/// Which run to go on with, and from where.
#[derive(Deserialize)]
pub(super) struct Resume {
    /// The token that the relay gave for it.
    pub run: String,
    /// The number of the last message that arrived; 0 where none did.
    pub seq: u64,
}

#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    case: Option<String>,
}

#[derive(Deserialize)]
struct SignedIn {
    #[serde(default)]
    sign_in: Option<Shown>,
}

/// What a `start` shows of a sign-in at an issuer's page; `None` where there was none.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn signed_in(text: &str) -> Result<Option<Shown>, Problem> {
    field_by_field::<SignedIn>(text).map(|start| start.sign_in)
}

/// What a `start` says of the page and the connection, besides what is to be checked.
#[derive(Deserialize)]
pub(super) struct Manner {
    /// Empty where there's none.
    #[serde(default)]
    pub ticket: String,
    /// The page can come back to the run where its connection is lost.
    #[serde(default)]
    pub resumable: bool,
    /// The run of a lost connection whose place this one takes; empty where there's none.
    #[serde(default)]
    pub instead_of: String,
    /// The solution of the ticket's challenge.
    #[serde(default)]
    pub proof_of_work: Option<Payload>,
}

/// The manner of a `start`, or of an `apply`.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn manner(text: &str) -> Result<Manner, Problem> {
    field_by_field(text)
}

/// The customer's token of the case that a `start` is to be recorded in, where it has one.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn case(text: &str) -> Result<Option<String>, Problem> {
    field_by_field::<Recorded>(text).map(|start| start.case)
}

/// Reads a message of the WebSocket.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn read(text: &str) -> Result<Ask, Problem> {
    match field_by_field::<Kind>(text)?.kind.as_str() {
        "start" => start(text).map(Ask::Start),
        "cancel" => Ok(Ask::Cancel),
        "apply" => Ok(Ask::Apply(field_by_field::<Apply>(text)?.suggestion)),
        "resume" => field_by_field(text).map(Ask::Resume),
        _ => Err(bad_request("type", "`type` must be start, cancel, apply or resume.")),
    }
}

/// Reads the body of a `start`, with or without its `type`.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn start(text: &str) -> Result<Box<Start>, Problem> {
    field_by_field(text).map(Box::new)
}

fn field_by_field<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let field = path.strip_prefix("request.").unwrap_or(&path);
        problem(field, error.inner())
    })?;
    // Whatever follows the object would be lost without a word.
    json.end().map_err(|error| problem(".", &error))?;
    Ok(read)
}

fn problem(field: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        let place = format!("line {}, column {}", error.line(), error.column());
        return bad_request("message", format!("The message isn't JSON ({place})."));
    }
    // serde shows the value that it found, and here that may be the secret itself.
    if ["password", "token", "sign_in", "case"].iter().any(|secret| field.contains(secret)) {
        return bad_request(field, "A text is needed here.");
    }
    let field = if field == "." { "message" } else { field };
    bad_request(field, format!("`{field}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Problem {
        read(text).err().unwrap_or_else(|| panic!("{text} was taken"))
    }

    #[test]
    fn what_is_wrong_with_a_message_is_named_by_field() {
        for (text, field) in [
            ("", "message"),
            ("{", "message"),
            ("[]", "message"),
            ("\u{0}\u{1}\u{2}", "message"),
            ("{\"type\":\"cancel\"} {}", "message"),
            ("{}", "message"),
            ("{\"type\":7}", "type"),
            ("{\"type\":\"begin\"}", "type"),
            ("{\"type\":\"apply\"}", "message"),
            ("{\"type\":\"resume\",\"run\":\"00\"}", "message"),
            ("{\"type\":\"resume\",\"run\":\"00\",\"seq\":-1}", "seq"),
            ("{\"type\":\"start\"}", "message"),
            (
                "{\"type\":\"start\",\"request\":{\"imap\":{\"host\":\"h\",\"port\":70000,\"security\":\"tls\"}}}",
                "imap.port",
            ),
            (
                "{\"type\":\"start\",\"request\":{\"smtp\":{\"host\":\"h\",\"port\":25,\"security\":\"ssl\"}}}",
                "smtp.security",
            ),
            ("{\"type\":\"start\",\"request\":{},\"reported\":\"010\"}", "reported"),
            ("{\"type\":\"start\",\"request\":{},\"lang\":\"fr\"}", "lang"),
        ] {
            let problem = refused(text);
            assert_eq!(problem.field.as_deref(), Some(field), "{text}: {}", problem.message);
        }
    }

    #[test]
    fn a_secret_in_the_wrong_form_is_not_repeated() {
        for field in ["password", "smtp_password", "oauth_token"] {
            let problem = refused(&format!("{{\"type\":\"start\",\"request\":{{\"{field}\":12345678}}}}"));
            assert_eq!(problem.field.as_deref(), Some(field));
            assert!(!problem.message.contains("1234"), "{}", problem.message);
        }
    }

    #[test]
    fn unknown_fields_are_ignored() {
        let text = "{\"type\":\"start\",\"request\":{\"colour\":\"blue\"},\"mood\":\"calm\"}";
        assert!(matches!(read(text), Ok(Ask::Start(_))));
    }
}
