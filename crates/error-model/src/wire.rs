//! The messages between client and relay: JSON objects tagged by `type` (WebSocket, `check --json`, NDJSON).

use std::net::IpAddr;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::{Code, Diagnosis, Endpoint, Lane, Observed, Step, StepState, lang::Lang};

/// The WebSocket sub-protocol.
pub const SUBPROTOCOL: &str = "mailtriage.v1";

/// What a client says. It has secrets, so it can be read but neither printed nor written:
/// see [`ClientStart`] for the sending side.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ClientMessage {
    /// Begin a run.
    Start(Box<Start>),
    /// Stop the run under way.
    Cancel {},
    /// Run again with a suggestion of the last diagnosis.
    Apply {
        /// The suggestion's `id`.
        suggestion: String,
    },
}

/// The body of `start`.
#[derive(Deserialize)]
pub struct Start {
    /// The settings to check.
    pub request: ProbeRequest,
    /// The code that the person saw.
    #[serde(default)]
    pub reported: Option<Code>,
    /// The account was connected once.
    #[serde(default)]
    pub worked_before: bool,
    /// The language for sentences, where any are sent.
    #[serde(default)]
    pub lang: Lang,
}

/// The settings as they arrive: not validated, with secrets.
#[derive(Deserialize)]
pub struct ProbeRequest {
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The IMAP server; leave it out to check SMTP alone.
    #[serde(default)]
    pub imap: Option<Endpoint>,
    /// The SMTP server; leave it out to check IMAP alone.
    #[serde(default)]
    pub smtp: Option<Endpoint>,
    /// User name; default: the address.
    #[serde(default)]
    pub user: Option<String>,
    /// User name for sending; default: `user`.
    #[serde(default)]
    pub smtp_user: Option<String>,
    /// Password; without one the run stops after capabilities.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// Password for sending; default: `password`.
    #[serde(default)]
    pub smtp_password: Option<SecretString>,
    /// OAuth access token instead of a password.
    #[serde(default)]
    pub oauth_token: Option<SecretString>,
    /// The person agrees to sign in although the TLS verdict isn't clean.
    #[serde(default)]
    pub allow_unclean_tls: bool,
}

/// `start` as a client writes it. Its JSON carries the secrets, because the relay needs them: it belongs on the
/// WebSocket and nowhere else. It has no `Debug`.
#[derive(Serialize)]
#[serde(tag = "type", rename = "start")]
pub struct ClientStart<'a> {
    /// The settings.
    pub request: ClientRequest<'a>,
    /// The code that the person saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Code>,
    /// The account was connected once.
    pub worked_before: bool,
    /// The page's language.
    pub lang: Lang,
    /// The page can come back to the run where its connection is lost: it's told how with [`RelayMessage::Run`].
    pub resumable: bool,
    /// The run of a lost connection that this one takes the place of, as [`RelayMessage::Run`] named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<&'a str>,
}

/// The settings as a client writes them; see [`ProbeRequest`] for the fields.
#[derive(Serialize)]
#[expect(missing_docs, reason = "the fields are those of ProbeRequest")]
pub struct ClientRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imap: Option<&'a Endpoint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp: Option<&'a Endpoint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_password: Option<&'a str>,
    pub allow_unclean_tls: bool,
}

/// What the relay says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum RelayMessage {
    /// First message of a connection.
    Hello {
        /// The relay's version.
        version: String,
        /// The addresses it dials from, for allow-lists.
        egress_addresses: Vec<IpAddr>,
        /// What it won't exceed.
        limits: HelloLimits,
    },
    /// A run began, or goes on, whose messages are numbered from 1 (`n`): where the connection is lost, another one
    /// gets those that were missed with `resume` {run, seq}. For a `start` that is `resumable`.
    Run {
        /// What to show for it, once: whoever comes back gets another one.
        run: String,
    },
    /// A step began or ended.
    Step {
        /// The lane.
        lane: Lane,
        /// The step.
        step: Step,
        /// What became of it.
        state: StepState,
        /// Milliseconds since the run began.
        elapsed_ms: u64,
    },
    /// Something was seen.
    Evidence(Observed),
    /// What the evidence so far means; the last one stands.
    Diagnosis(Diagnosis),
    /// Refused or failed by the relay itself: never a diagnosis.
    Problem(Problem),
    /// The run is over.
    Done {
        /// Milliseconds since the run began.
        elapsed_ms: u64,
    },
    /// A message of a later version; clients ignore it.
    #[serde(other)]
    Unknown,
}

/// What `hello` says of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloLimits {
    /// Largest message accepted, bytes.
    pub message_bytes: u64,
    /// Longest run, seconds.
    pub run_seconds: u64,
}

/// The relay couldn't or wouldn't do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind.
    pub code: ProblemCode,
    /// What happened, with which value, and what to do. For people, in English; the page has its own words.
    pub message: String,
    /// The field that it speaks of, `imap.host`, where it's one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Seconds until another try makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
}

/// Kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// The message or a field of it is wrong.
    BadRequest,
    /// Too many runs.
    RateLimited,
    /// The egress policy refuses this target.
    TargetNotAllowed,
    /// The relay is full.
    Overloaded,
    /// The run reached its limit before it could say anything.
    Timeout,
    /// A defect of the relay.
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_message_reads_with_its_defaults() {
        let json = r#"{"type":"start","request":{"imap":{"host":"imap.example.com","port":993,"security":"tls"},
            "future":1},"lang":"ja"}"#;
        let Ok(ClientMessage::Start(start)) = serde_json::from_str(json) else {
            panic!("not a start message")
        };
        assert_eq!(start.request.imap.map(|e| e.host).as_deref(), Some("imap.example.com"));
        assert!(start.request.smtp.is_none() && !start.worked_before && start.lang == Lang::Ja);
    }

    #[test]
    fn a_message_of_a_later_version_is_no_error() {
        let message: RelayMessage = serde_json::from_str(r#"{"type":"weather","sky":"blue"}"#).unwrap();
        assert_eq!(message, RelayMessage::Unknown);
    }

    #[test]
    fn evidence_is_written_as_the_contract_shows_it() {
        let message = RelayMessage::Evidence(Observed {
            seq: 3,
            at_ms: 12,
            lane: Lane::Smtp,
            observation: crate::evidence::Observation::TlsWithoutName { accepted: true },
        });
        let json = r#"{"type":"evidence","seq":3,"at_ms":12,"lane":"smtp","observation":{"kind":"tls-without-name","accepted":true}}"#;
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
    }
}
