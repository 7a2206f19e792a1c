//! Messages of clients: read once, and what is wrong with them named by field.

use error_model::{
    Field, Security,
    diagnosis::{Diagnosis, Suggestion},
    wire::{ProbeRequest, Problem, Start},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::api::bad_request;

/// What a client asks for.
pub(super) enum Ask {
    Start(Box<Start>),
    Cancel,
    Apply(String),
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

/// Reads a message of the WebSocket.
///
/// # Errors
/// A [`Problem`] that names the field.
pub(super) fn read(text: &str) -> Result<Ask, Problem> {
    match field_by_field::<Kind>(text)?.kind.as_str() {
        "start" => start(text).map(Ask::Start),
        "cancel" => Ok(Ask::Cancel),
        "apply" => Ok(Ask::Apply(field_by_field::<Apply>(text)?.suggestion)),
        _ => Err(bad_request("type", "`type` must be start, cancel or apply.")),
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
    if ["password", "token"].iter().any(|secret| field.contains(secret)) {
        return bad_request(field, "A text is needed here.");
    }
    let field = if field == "." { "message" } else { field };
    bad_request(field, format!("`{field}`: {error}"))
}

/// The settings of the last run, with a suggestion of its diagnosis put in. `None`: there's no such suggestion.
///
/// A port and its security mode belong together: applying one applies the other of the same finding.
pub(super) fn apply(last: &Start, diagnosis: &Diagnosis, id: &str) -> Option<Start> {
    let findings =
        [&diagnosis.lanes.imap, &diagnosis.lanes.smtp].into_iter().flatten().flat_map(|l| &l.findings);
    let finding = findings.into_iter().find(|finding| finding.suggestions.iter().any(|s| s.id == id))?;
    let chosen = finding.suggestions.iter().find(|s| s.id == id)?;
    let mut next = copy(last);
    set(&mut next.request, chosen)?;
    let partner = match chosen.field {
        Field::ImapPort => Some(Field::ImapSecurity),
        Field::ImapSecurity => Some(Field::ImapPort),
        Field::SmtpPort => Some(Field::SmtpSecurity),
        Field::SmtpSecurity => Some(Field::SmtpPort),
        _ => None,
    };
    if let Some(partner) = finding.suggestions.iter().find(|s| Some(s.field) == partner) {
        set(&mut next.request, partner)?;
    }
    Some(next)
}

fn set(request: &mut ProbeRequest, suggestion: &Suggestion) -> Option<()> {
    let value = suggestion.value.clone();
    match suggestion.field {
        Field::ImapHost => request.imap.as_mut()?.host = value,
        Field::ImapPort => request.imap.as_mut()?.port = value.parse().ok()?,
        Field::ImapSecurity => request.imap.as_mut()?.security = security(&value)?,
        Field::SmtpHost => request.smtp.as_mut()?.host = value,
        Field::SmtpPort => request.smtp.as_mut()?.port = value.parse().ok()?,
        Field::SmtpSecurity => request.smtp.as_mut()?.security = security(&value)?,
        Field::User => request.user = Some(value),
        Field::SmtpUser => request.smtp_user = Some(value),
        Field::Email => request.email = Some(value),
    }
    Some(())
}

fn security(value: &str) -> Option<Security> {
    [Security::Tls, Security::StartTls, Security::Plain].into_iter().find(|mode| mode.as_str() == value)
}

/// `Start` holds secrets and therefore can't be cloned by accident; here it's meant.
pub(super) fn copy(start: &Start) -> Start {
    let request = &start.request;
    Start {
        request: ProbeRequest {
            email: request.email.clone(),
            imap: request.imap.clone(),
            smtp: request.smtp.clone(),
            user: request.user.clone(),
            smtp_user: request.smtp_user.clone(),
            password: request.password.clone(),
            smtp_password: request.smtp_password.clone(),
            oauth_token: request.oauth_token.clone(),
            allow_unclean_tls: request.allow_unclean_tls,
        },
        reported: start.reported,
        worked_before: start.worked_before,
        lang: start.lang,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{Cause, Code, Confidence, Finding, LaneDiagnosis, LaneState, Step, diagnosis::Lanes};

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

    #[test]
    fn a_suggested_port_is_applied_together_with_its_security_mode() {
        let Ok(Ask::Start(last)) = read(
            "{\"type\":\"start\",\"request\":{\"imap\":{\"host\":\"h.example\",\"port\":993,\"security\":\"tls\"},\
             \"password\":\"geheim\",\"email\":\"a@example.com\"},\"worked_before\":true}",
        ) else {
            panic!("not a start");
        };
        let suggestion = |id: &str, field, value: &str| Suggestion {
            id: id.to_owned(),
            field,
            value: value.to_owned(),
            tried: None,
        };
        let finding = Finding {
            code: Code::E002,
            cause: Cause::PortClosed,
            confidence: Confidence::Proven,
            also_shown_as: vec![],
            observations: vec![1],
            suggestions: vec![
                suggestion("s1", Field::ImapPort, "143"),
                suggestion("s2", Field::ImapSecurity, "starttls"),
            ],
        };
        let imap = LaneDiagnosis {
            state: LaneState::Failed,
            step: Step::Connect,
            signed_in: false,
            findings: vec![finding],
        };
        let diagnosis = Diagnosis {
            code: Code::E002,
            cause: Some(Cause::PortClosed),
            confidence: Some(Confidence::Proven),
            lane: Some(error_model::Lane::Imap),
            is_final: true,
            lanes: Lanes { imap: Some(imap), smtp: None },
        };
        for id in ["s1", "s2"] {
            let next = apply(&last, &diagnosis, id).unwrap();
            let endpoint = next.request.imap.unwrap();
            assert_eq!((endpoint.port, endpoint.security), (143, Security::StartTls), "{id}");
            assert!(next.request.password.is_some() && next.worked_before, "the rest stays");
        }
        assert!(apply(&last, &diagnosis, "s3").is_none());
    }
}
