//! Runs the engine against a peer, and holds against every run what must hold of all of them.

use std::{fmt::Write as _, time::Duration};

use error_model::{
    Diagnosis, Evidence, Lane, Observed, Security, diagnose, evidence::Observation, lang::Lang,
    text::is_control, wire::RelayMessage, words,
};
use peak_alloc::PeakAlloc;
use probe::{Engine, Options, Request, egress::Policy};
use serde_json::{Value, json};
use tokio::{
    sync::{Mutex, mpsc},
    time::Instant,
};

use super::{
    names::Names,
    peer::Peer,
    secrets::{self, PASSWORD, TOKEN, USER},
};

/// The most memory that a run may take at any moment, bytes: both ends, their TLS and the ledger included.
const MEMORY: usize = 8 << 20;

/// The longest a run may take, and then some for a busy machine.
const TIME: Duration = Duration::from_secs(62);

/// Runs are measured one at a time.
static MEASURED: Mutex<()> = Mutex::const_new(());

/// One lane of a check against a peer.
pub struct Check<'a> {
    peer: &'a Peer,
    lane: Lane,
    security: Security,
    secret: Option<(&'static str, &'static str)>,
    names_answer: bool,
}

/// What came of it.
pub struct Outcome {
    /// All that was seen.
    pub evidence: Evidence,
    /// What it means.
    pub diagnosis: Diagnosis,
    /// How long it took, by the clock of the runtime.
    pub took: Duration,
}

impl<'a> Check<'a> {
    /// STARTTLS and a password, unless told otherwise.
    #[must_use]
    pub fn of(lane: Lane, peer: &'a Peer) -> Self {
        Self {
            peer,
            lane,
            security: Security::StartTls,
            secret: Some(("password", PASSWORD)),
            names_answer: true,
        }
    }

    /// Receiving.
    #[must_use]
    pub fn imap(peer: &'a Peer) -> Self {
        Self::of(Lane::Imap, peer)
    }

    /// Sending.
    #[must_use]
    pub fn smtp(peer: &'a Peer) -> Self {
        Self::of(Lane::Smtp, peer)
    }

    /// With TLS from the first byte.
    #[must_use]
    pub fn tls(self) -> Self {
        Self { security: Security::Tls, ..self }
    }

    /// In clear.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { security: Security::Plain, ..self }
    }

    /// With an OAuth token instead of the password.
    #[must_use]
    pub fn token(self) -> Self {
        Self { secret: Some(("oauth_token", TOKEN)), ..self }
    }

    /// With a name server that never answers.
    #[must_use]
    pub fn without_names(self) -> Self {
        Self { names_answer: false, ..self }
    }

    /// Runs it.
    ///
    /// # Panics
    /// Where something doesn't hold that must hold of every run: see the module.
    pub async fn run(self) -> Outcome {
        let _alone = MEASURED.lock().await;
        let names = if self.names_answer { Names::start().await } else { Names::mute().await };
        let address = self.peer.address();
        let engine = Engine::new(Options {
            policy: Policy::new(vec!["127.0.0.0/8".parse().expect("a network")], vec![address.port()]),
            resolver: Some(names.address()),
            trust_anchors: vec![self.peer.identity().root()],
            ..Options::default()
        })
        .expect("the root is one");
        let request =
            Request::new(self.start(), engine.policy()).unwrap_or_else(|problem| panic!("{problem:?}"));
        let (sender, messages) = mpsc::channel(64);
        PeakAlloc.reset_peak_usage();
        let before = PeakAlloc.current_usage();
        let begun = Instant::now();
        let (evidence, last) = tokio::join!(engine.run(request, sender), read(messages));
        let took = begun.elapsed();
        let peak = PeakAlloc.peak_usage().saturating_sub(before);

        assert!(before > 0, "nothing is measured: the test binary lacks its #[global_allocator]");
        assert!(peak <= MEMORY, "the run took {peak} bytes");
        assert!(took <= TIME, "the run took {took:?}");
        for name in names.asked() {
            assert!(may_be_asked(&name, &evidence), "a run against an address asked for {name:?}");
        }
        for (connection, heard) in self.peer.heard().iter().enumerate() {
            let secret = secrets::found_in(&heard.wire);
            assert_eq!(secret, None, "in clear on connection {connection}:\n{}", heard.wire.escape_ascii());
        }
        let diagnosis = diagnose(&evidence);
        assert_eq!(last.as_ref(), Some(&diagnosis), "the last message is what the evidence means");
        said_without_controls(&evidence);
        Outcome { evidence, diagnosis, took }
    }

    fn start(&self) -> error_model::wire::Start {
        let lane = self.lane.as_str();
        let address = self.peer.address();
        let endpoint =
            json!({"host": address.ip(), "port": address.port(), "security": self.security.as_str()});
        let mut request = json!({"email": USER, lane: endpoint});
        if let Some((field, secret)) = self.secret {
            request[field] = secret.into();
        }
        serde_json::from_value(json!({ "request": request })).expect("a start message")
    }
}

impl Outcome {
    /// The headline, `004 tls-not-offered proven`, or `ok`.
    #[must_use]
    pub fn headline(&self) -> String {
        let Some(finding) = self.diagnosis.headline() else { return self.diagnosis.code.as_str().to_owned() };
        let confidence = format!("{:?}", finding.confidence).to_lowercase();
        format!("{} {} {confidence}", finding.code.as_str(), finding.cause)
    }

    /// Asserts the headline, and shows what was seen where it's another.
    #[track_caller]
    pub fn is(&self, headline: &str) {
        assert_eq!(self.headline(), headline, "\n{}", self.seen());
    }

    /// The first observation that `pick` takes.
    pub fn find<T>(&self, pick: impl FnMut(&Observation) -> Option<T>) -> Option<T> {
        self.evidence.observations.iter().map(|observed| &observed.observation).find_map(pick)
    }

    /// The evidence for people, line by line.
    #[must_use]
    pub fn seen(&self) -> String {
        let mut out = String::new();
        for observed in &self.evidence.observations {
            let mut line = format!("{:?}", observed.observation);
            line.truncate(line.floor_char_boundary(400));
            writeln!(out, "{line}").expect("a string takes any text");
        }
        out
    }
}

/// A run against an address asks for the person's own mail domain, and for the names of a certificate that doesn't fit.
fn may_be_asked(name: &str, evidence: &Evidence) -> bool {
    let in_certificate = |observed: &Observed| match &observed.observation {
        Observation::CertificateName { name: covered, .. } => covered == name,
        _ => false,
    };
    USER.ends_with(&format!("@{name}")) || evidence.observations.iter().any(in_certificate)
}

/// Reads a run's messages to the end and looks at every text in them; gives the last diagnosis.
async fn read(mut messages: mpsc::Receiver<RelayMessage>) -> Option<Diagnosis> {
    let mut last = None;
    while let Some(message) = messages.recv().await {
        let json = serde_json::to_value(&message).expect("messages are JSON");
        // Names in certificates are as they were issued: see `said_without_controls`.
        if !json["observation"]["kind"].as_str().unwrap_or_default().starts_with("certificate-") {
            texts_are_escaped(&json, &message);
        }
        let text = json.to_string();
        assert_eq!(secrets::password_found_in(text.as_bytes()), None, "in a message: {text}");
        if let RelayMessage::Diagnosis(diagnosis) = message {
            last = Some(diagnosis);
        }
    }
    last
}

fn texts_are_escaped(json: &Value, message: &RelayMessage) {
    match json {
        Value::String(text) => {
            assert!(!text.chars().any(is_control), "a control character is in {text:?} of {message:?}");
        }
        Value::Array(values) => values.iter().for_each(|value| texts_are_escaped(value, message)),
        Value::Object(fields) => fields.values().for_each(|value| texts_are_escaped(value, message)),
        _ => {}
    }
}

/// What people read of the evidence, in both languages.
fn said_without_controls(evidence: &Evidence) {
    for observed in &evidence.observations {
        for lang in [Lang::Ja, Lang::En] {
            let said = words::line(&observed.observation, lang);
            assert!(!said.chars().any(is_control), "a control character is in {said:?}");
        }
    }
}
