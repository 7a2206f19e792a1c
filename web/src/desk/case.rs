//! A case as its events tell it.

use error_model::{
    Endpoint, Field, Lane,
    case::{By, CaseEvent, CaseSettings, Masked, Summary, What},
    evidence::Asked,
};

use crate::run::{Event, Run};

/// A run of a case.
pub struct CaseRun {
    /// Tells it from others of the case.
    pub id: String,
    /// What was seen.
    pub run: Run,
    /// The relay checks the connection for the agent; otherwise it's the customer's test.
    pub connection_only: bool,
}

/// A value that the agent proposed.
pub struct Proposal {
    /// The `seq` of its event.
    pub seq: u64,
    /// Who proposed it.
    pub agent: String,
    /// The field.
    pub field: Field,
    /// The value.
    pub value: String,
    /// The customer took it over, or turned it down.
    pub accepted: Option<bool>,
}

/// Everything that was said in a case so far.
#[derive(Default)]
pub struct Case {
    /// Its identifier.
    pub id: String,
    /// How it stands; `None` until its first event is here.
    pub summary: Option<Summary>,
    /// What was known when it was opened.
    pub known: CaseSettings,
    /// Its events without the messages of runs, in order.
    pub history: Vec<CaseEvent>,
    /// Its runs, in order.
    pub runs: Vec<CaseRun>,
    /// The customer's address as it was last said, masked unless the customer shows it.
    pub email: Option<Masked>,
    /// What was proposed, in order.
    pub proposals: Vec<Proposal>,
    /// The agent who asked for another test, where none has begun since.
    pub rerun_asked: Option<String>,
    /// The field that the agent points at, and who that is.
    pub pointed: Option<(Field, String)>,
    /// The connection stands, and everything that was there has come.
    pub live: bool,
    /// The connection stood, and doesn't any more.
    pub lost: bool,
    /// It's over for this watcher.
    pub over: bool,
    last: u64,
}

impl Case {
    /// A case of which nothing is known yet.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// The `seq` of the last event: where a new connection goes on.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The last run.
    #[must_use]
    pub fn latest(&self) -> Option<&CaseRun> {
        self.runs.last()
    }

    /// How often somebody has joined.
    #[must_use]
    pub fn joins(&self) -> usize {
        self.history.iter().filter(|event| matches!(event.draft.what, What::Joined { .. })).count()
    }

    /// Everything that was there has come.
    pub const fn current(&mut self) {
        (self.live, self.lost) = (true, false);
    }

    /// The connection has ended.
    pub const fn disconnected(&mut self) {
        (self.live, self.lost) = (false, true);
    }

    /// A server as the last run had it, or as it was known at the beginning.
    #[must_use]
    pub fn server(&self, lane: Lane) -> Option<&Endpoint> {
        match self.latest() {
            Some(latest) => latest.run.asked.endpoint(lane),
            None if lane == Lane::Imap => self.known.imap.as_ref(),
            None => self.known.smtp.as_ref(),
        }
    }

    /// Proposals that wait for the customer, the last one of each field.
    pub fn waiting(&self) -> impl Iterator<Item = &Proposal> {
        let is_last =
            |p: &Proposal| !self.proposals.iter().any(|other| other.field == p.field && other.seq > p.seq);
        self.proposals.iter().filter(move |p| p.accepted.is_none() && is_last(p))
    }

    /// Takes the next event in. What was there before changes nothing: a connection may repeat it.
    pub fn saw(&mut self, event: CaseEvent) {
        if event.seq <= self.last {
            return;
        }
        self.last = event.seq;
        match &mut self.summary {
            Some(summary) => summary.saw(&event),
            none => *none = Summary::begin(&self.id, &event),
        }
        let by = match &event.draft.by {
            By::Agent(name) => name.clone(),
            By::Customer | By::Relay => String::new(),
        };
        match &event.draft.what {
            What::Opened { settings, .. } => {
                self.known = settings.clone();
                self.email.clone_from(&settings.email);
            }
            What::Joined { email: Some(email) } | What::Address { email } => self.email = Some(email.clone()),
            What::Proposed { field, value } => {
                let (field, value) = (*field, value.clone());
                self.proposals.push(Proposal { seq: event.seq, agent: by, field, value, accepted: None });
            }
            What::Accepted { proposal } => self.answered(*proposal, true),
            What::Declined { proposal } => self.answered(*proposal, false),
            What::Pointed { field } => self.pointed = Some((*field, by)),
            What::RerunAsked {} => self.rerun_asked = Some(by),
            What::RunStarted { run, settings, connection_only } => {
                if !connection_only {
                    self.rerun_asked = None;
                    self.pointed = None;
                }
                self.email = settings.email.clone().or_else(|| self.email.take());
                let mut begun = Run::default();
                begun.happen(Event::Started(Box::new(asked(settings)), event.at_ms / 1000));
                self.runs.push(CaseRun { id: run.clone(), run: begun, connection_only: *connection_only });
            }
            What::Ran { run, message } => {
                let run = self.runs.iter_mut().find(|known| known.id == *run);
                if let (Some(known), Ok(text)) = (run, serde_json::to_string(message)) {
                    known.run.happen(Event::Message(text));
                }
            }
            _ => {}
        }
        let settled = |message: &error_model::wire::RelayMessage| matches!(message, error_model::wire::RelayMessage::Diagnosis(found) if found.is_final);
        if !matches!(&event.draft.what, What::Ran { message, .. } if !settled(message)) {
            self.history.push(event);
        }
    }

    fn answered(&mut self, proposal: u64, accepted: bool) {
        for known in self.proposals.iter_mut().filter(|known| known.seq == proposal) {
            known.accepted = Some(accepted);
        }
    }
}

fn asked(settings: &CaseSettings) -> Asked {
    let text = |masked: &Option<Masked>| masked.as_ref().map(|masked| masked.as_str().to_owned());
    Asked {
        email: text(&settings.email),
        imap: settings.imap.clone(),
        smtp: settings.smtp.clone(),
        imap_user: text(&settings.user),
        smtp_user: text(&settings.smtp_user).or_else(|| text(&settings.user)),
        ..Asked::default()
    }
}
