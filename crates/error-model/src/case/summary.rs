//! What a list of cases shows of each: folded from its events.

use serde::{Deserialize, Serialize};

use super::{By, CaseEvent, CaseSettings, Masked, What};
use crate::{Cause, Code, Lang, evidence::Observation, wire::RelayMessage};

/// How a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// The customer hasn't come yet.
    Waiting,
    /// The customer is there.
    Joined,
    /// The customer left.
    Left,
    /// An agent closed it.
    Closed,
}

/// One case of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The case's identifier.
    pub case: String,
    /// How it stands.
    pub state: CaseState,
    /// The agent who has it.
    pub agent: String,
    /// The ticket's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The customer's language.
    pub lang: Lang,
    /// When it was opened, in milliseconds since the Unix epoch.
    pub opened_at_ms: i64,
    /// When its last event was appended.
    pub updated_at_ms: i64,
    /// The `seq` of its last event.
    pub last_seq: u64,
    /// The customer's address, masked unless they chose to show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Masked>,
    /// The servers of its last run, or those known at the beginning.
    pub hosts: Vec<String>,
    /// What the last run found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The cause that the last run found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The mail provider that the last run recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Runs so far.
    pub runs: u32,
}

/// How often one code and cause was found, at which provider, in which week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The Monday of the week, `2026-11-23` (UTC).
    pub week: String,
    /// The code.
    pub code: Code,
    /// The cause; `None` with `ok`.
    pub cause: Option<Cause>,
    /// The provider, where one was recognised.
    pub provider: Option<String>,
    /// Cases.
    pub cases: u32,
}

impl Summary {
    /// The summary of a case that has just this event; `None` where it isn't its first.
    #[must_use]
    pub fn begin(case: &str, event: &CaseEvent) -> Option<Self> {
        let What::Opened { ticket, lang, settings } = &event.draft.what else { return None };
        let By::Agent(agent) = &event.draft.by else { return None };
        Some(Self {
            case: case.to_owned(),
            state: CaseState::Waiting,
            agent: agent.clone(),
            ticket: ticket.clone(),
            lang: *lang,
            opened_at_ms: event.at_ms,
            updated_at_ms: event.at_ms,
            last_seq: event.seq,
            email: settings.email.clone(),
            hosts: hosts(settings),
            code: None,
            cause: None,
            provider: None,
            runs: 0,
        })
    }

    /// Takes the next event in.
    pub fn saw(&mut self, event: &CaseEvent) {
        self.updated_at_ms = event.at_ms;
        self.last_seq = event.seq;
        match &event.draft.what {
            What::Joined { email } => {
                self.state = CaseState::Joined;
                self.email = email.clone().or_else(|| self.email.take());
            }
            What::Address { email } => self.email = Some(email.clone()),
            What::Left {} if self.state != CaseState::Closed => self.state = CaseState::Left,
            What::Closed {} => self.state = CaseState::Closed,
            What::HandedOver { to } => self.agent.clone_from(to),
            What::RunStarted { settings, .. } => {
                self.runs += 1;
                self.hosts = hosts(settings);
                (self.code, self.cause, self.provider) = (None, None, None);
            }
            What::Ran { message, .. } => self.ran(message),
            _ => {}
        }
    }

    fn ran(&mut self, message: &RelayMessage) {
        match message {
            RelayMessage::Diagnosis(diagnosis) => {
                (self.code, self.cause) = (Some(diagnosis.code), diagnosis.cause)
            }
            RelayMessage::Evidence(seen) => {
                if let Observation::Provider { id, .. } = &seen.observation {
                    self.provider = Some(id.clone());
                }
            }
            _ => {}
        }
    }
}

fn hosts(settings: &CaseSettings) -> Vec<String> {
    [&settings.imap, &settings.smtp].into_iter().flatten().map(|server| server.host.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Draft;

    fn event(seq: u64, by: By, what: What) -> CaseEvent {
        CaseEvent { seq, at_ms: seq.cast_signed() * 1000, draft: Draft { id: seq.to_string(), by, what } }
    }

    #[test]
    fn a_case_is_summed_up_from_its_events() {
        let settings = CaseSettings::default();
        let opened = What::Opened { ticket: Some("4711".into()), lang: Lang::Ja, settings };
        let mut summary = Summary::begin("c", &event(1, By::Agent("anna".into()), opened)).unwrap();
        assert_eq!((summary.state, summary.agent.as_str()), (CaseState::Waiting, "anna"));
        summary.saw(&event(3, By::Customer, What::Joined { email: None }));
        assert_eq!(summary.state, CaseState::Joined);
        summary.saw(&event(4, By::Agent("anna".into()), What::HandedOver { to: "otto".into() }));
        summary.saw(&event(5, By::Agent("otto".into()), What::Closed {}));
        summary.saw(&event(6, By::Customer, What::Left {}));
        assert_eq!((summary.state, summary.agent.as_str()), (CaseState::Closed, "otto"));
        assert_eq!((summary.opened_at_ms, summary.updated_at_ms, summary.last_seq), (1000, 6000, 6));
    }

    #[test]
    fn only_an_opening_begins_a_case() {
        assert_eq!(Summary::begin("c", &event(1, By::Customer, What::Left {})), None);
    }
}
