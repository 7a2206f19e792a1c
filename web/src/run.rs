//! The live run as a pure machine: messages come in, the state changes, views look at it.

mod lane;

pub use lane::{LaneRun, StepRun};

use error_model::{
    Diagnosis, Lane, LaneState, Lang, Observed, Step, StepState,
    evidence::{Asked, Observation},
    strings,
    wire::{Problem, RelayMessage},
};

use crate::decode;

/// How often it's tried to come back to a run. Each time the wait is twice as long.
const TRIES: u32 = 6;

/// Why a run ended without a diagnosis of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The relay refused or failed.
    Problem(Problem),
    /// The relay couldn't be reached.
    Unreachable,
    /// The connection to the relay ended before the run did.
    Lost,
    /// This browser didn't solve what the relay asks for before a sign-in, or not in time.
    Unproven,
}

/// What is worth saying aloud while the run goes on: a wait before it begins, faults, and lanes that are through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Proving,
    Failed(Lane, Step),
    Passed(Lane),
}

/// Where the run stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Phase {
    /// None was started yet.
    #[default]
    Idle,
    /// Waiting for the relay.
    Connecting,
    /// Steps come in.
    Running,
    /// The connection was lost, and another one is on its way.
    Reconnecting,
    /// The person stopped it.
    Cancelled,
    /// Done.
    Finished,
    /// It ended without a result.
    Stopped(Trouble),
}

impl Phase {
    /// The run is under way.
    #[must_use]
    pub const fn active(&self) -> bool {
        matches!(self, Self::Connecting | Self::Running | Self::Reconnecting)
    }
}

/// What can happen to a run.
pub enum Event {
    /// A test was started, at this many seconds since the Unix epoch.
    Started(Box<Asked>, i64),
    /// The relay sent this.
    Message(String),
    /// The browser solves what the relay asks for before a sign-in.
    Proving,
    /// It couldn't.
    Unproven,
    /// The connection ended.
    Closed,
    /// The person stopped it.
    Cancelled,
}

/// A run: everything that was asked and came back. No secret reaches it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Where it stands.
    pub phase: Phase,
    /// What was asked.
    pub asked: Asked,
    /// When it began, seconds since the Unix epoch.
    pub started_at: i64,
    /// The addresses that the relay dials from.
    pub egress: Vec<String>,
    /// Receiving.
    pub imap: LaneRun,
    /// Sending.
    pub smtp: LaneRun,
    /// What was seen, each with the step that it belongs to.
    pub evidence: Vec<(Step, Observed)>,
    /// What it means so far.
    pub diagnosis: Option<Diagnosis>,
    /// Milliseconds that the run took or has taken so far.
    pub elapsed_ms: u64,
    waited_ms: u64,
    /// What the relay sent, word for word, for the download.
    pub messages: Vec<String>,
    /// How to come back to the run, once.
    way_back: Option<String>,
    /// The number of the last message of the run that arrived.
    heard: u64,
    /// How often it was tried to come back since the connection was lost.
    pub tries: u32,
    news: Option<News>,
}

impl Run {
    /// A lane.
    #[must_use]
    pub const fn lane(&self, lane: Lane) -> &LaneRun {
        match lane {
            Lane::Imap => &self.imap,
            Lane::Smtp => &self.smtp,
        }
    }

    fn lane_mut(&mut self, lane: Lane) -> &mut LaneRun {
        match lane {
            Lane::Imap => &mut self.imap,
            Lane::Smtp => &mut self.smtp,
        }
    }

    /// What was seen in a step of a lane.
    pub fn seen(&self, lane: Lane, step: Step) -> impl Iterator<Item = &Observed> {
        self.evidence.iter().filter(move |(of, o)| *of == step && o.lane == lane).map(|(_, o)| o)
    }

    /// Everything seen on a lane.
    pub fn seen_on(&self, lane: Lane) -> impl Iterator<Item = &Observation> {
        self.evidence.iter().filter(move |(_, o)| o.lane == lane).map(|(_, o)| &o.observation)
    }

    /// The observation with this number.
    #[must_use]
    pub fn cited(&self, seq: u32) -> Option<&Observed> {
        self.evidence.iter().find(|(_, o)| o.seq == seq).map(|(_, o)| o)
    }

    /// The last thing worth saying aloud.
    #[must_use]
    pub fn announcement(&self, lang: Lang) -> String {
        let words = match (&self.phase, self.news) {
            (Phase::Connecting, _) => strings::run::CONNECTING,
            (Phase::Reconnecting, _) => strings::run::RECONNECTING,
            (Phase::Running, None | Some(News::Proving)) => strings::run::RUNNING,
            (Phase::Running, Some(News::Failed(lane, step))) => {
                let gaps = [
                    ("lane", strings::lane(lane).get(lang)),
                    ("step", strings::step(step).get(lang)),
                    ("state", strings::STATE_FAILED.get(lang)),
                ];
                return strings::run::ANNOUNCE.fill(lang, &gaps);
            }
            (Phase::Running, Some(News::Passed(lane))) => {
                let gaps =
                    [("lane", strings::lane(lane).get(lang)), ("text", strings::run::LANE_PASSED.get(lang))];
                return strings::run::ANNOUNCE_LANE.fill(lang, &gaps);
            }
            (Phase::Finished, _) => strings::run::FINISHED,
            (Phase::Cancelled, _) => strings::run::CANCELLED,
            (Phase::Idle | Phase::Stopped(_), _) => return String::new(),
        };
        words.get(lang).to_owned()
    }

    /// The browser solves what the relay asks for before a sign-in.
    #[must_use]
    pub fn proving(&self) -> bool {
        self.phase == Phase::Running && self.news == Some(News::Proving)
    }

    /// Time has passed since the run began.
    pub fn tick(&mut self, elapsed_ms: u64) {
        if self.phase.active() {
            self.elapsed_ms = self.elapsed_ms.max(elapsed_ms);
        } else {
            self.waited_ms = elapsed_ms.saturating_sub(self.elapsed_ms);
        }
    }

    /// Seconds until another test makes sense, where the relay said so.
    #[must_use]
    pub const fn wait_s(&self) -> Option<u64> {
        match &self.phase {
            Phase::Stopped(Trouble::Problem(Problem { retry_after_s: Some(wait), .. })) => {
                Some(wait.saturating_sub(self.waited_ms / 1000))
            }
            _ => None,
        }
    }

    /// Something happened.
    pub fn happen(&mut self, event: Event) {
        match event {
            Event::Started(asked, started_at) => {
                *self = Self { phase: Phase::Connecting, asked: *asked, started_at, ..Self::default() };
            }
            // A message that came too late belongs to nothing.
            Event::Message(_) if !self.phase.active() => {}
            Event::Message(text) => self.told(text),
            Event::Proving => self.news = Some(News::Proving),
            Event::Unproven => self.stop(Trouble::Unproven),
            Event::Closed if self.phase == Phase::Connecting => self.stop(Trouble::Unreachable),
            Event::Closed if self.phase.active() => self.closed(),
            Event::Cancelled if self.phase.active() => {
                self.phase = Phase::Cancelled;
                self.settle();
            }
            Event::Closed | Event::Cancelled => {}
        }
    }

    fn told(&mut self, text: String) {
        match decode::message(&text) {
            // Said already, before the connection was lost.
            Some((Some(number), _)) if number <= self.heard => return,
            // The token is nobody else's business, and the second greeting says nothing new.
            Some((_, RelayMessage::Run { run })) => {
                self.phase = Phase::Running;
                self.way_back = Some(run);
                self.tries = 0;
                return;
            }
            Some((_, RelayMessage::Hello { .. })) if self.phase == Phase::Reconnecting => return,
            Some((_, RelayMessage::Problem(_))) if self.phase == Phase::Reconnecting => {
                self.stop(Trouble::Lost);
            }
            Some((number, message)) => {
                self.phase = Phase::Running;
                self.heard = number.unwrap_or(self.heard);
                self.receive(message);
            }
            // Messages of later versions, and fields that this page doesn't know, are left to the download.
            None if self.phase == Phase::Connecting => self.phase = Phase::Running,
            None => {}
        }
        self.messages.push(text);
    }

    /// The run that may still go on at the relay although this page knows no end of it.
    #[must_use]
    pub fn adrift(&self) -> Option<String> {
        self.way_back.clone().filter(|_| self.phase != Phase::Finished)
    }

    /// The message with which another connection goes on with the run.
    #[must_use]
    pub fn resume(&self) -> Option<String> {
        let run = serde_json::Value::from(self.way_back.as_deref()?).to_string();
        let seq = self.heard.to_string();
        Some([r#"{"type":"resume","run":"#, &run, r#","seq":"#, &seq, "}"].concat())
    }

    fn receive(&mut self, message: RelayMessage) {
        match message {
            RelayMessage::Hello { egress_addresses, .. } => {
                self.egress = egress_addresses.iter().map(ToString::to_string).collect();
            }
            RelayMessage::Step { lane, step, state, elapsed_ms } => {
                self.lane_mut(lane).step_changed(step, state, elapsed_ms);
                self.elapsed_ms = self.elapsed_ms.max(elapsed_ms);
                if state == StepState::Failed {
                    self.news = Some(News::Failed(lane, step));
                } else if self.proving() {
                    self.news = None;
                }
            }
            RelayMessage::Evidence(observed) => {
                let step = step_of(&observed.observation).unwrap_or(self.lane(observed.lane).current);
                self.elapsed_ms = self.elapsed_ms.max(observed.at_ms);
                // Each word on how far that has come takes the place of the one before.
                if is_reading(&observed) {
                    self.evidence.retain(|(_, earlier)| !is_reading(earlier));
                }
                self.evidence.push((step, observed));
            }
            RelayMessage::Diagnosis(diagnosis) => self.diagnosed(diagnosis),
            RelayMessage::Problem(problem) => self.stop(match problem.field.as_deref() {
                Some("ticket" | "proof_of_work") => Trouble::Unproven,
                _ => Trouble::Problem(problem),
            }),
            RelayMessage::Done { elapsed_ms } => {
                self.elapsed_ms = elapsed_ms;
                self.phase = Phase::Finished;
                self.settle();
            }
            RelayMessage::Run { .. } | RelayMessage::Unknown => {}
        }
    }

    fn diagnosed(&mut self, diagnosis: Diagnosis) {
        let passed = |diagnosis: Option<&Diagnosis>, lane| {
            diagnosis.and_then(|d| d.lanes.get(lane)).is_some_and(|lane| lane.state == LaneState::Passed)
        };
        for lane in Lane::ALL {
            if passed(Some(&diagnosis), lane) && !passed(self.diagnosis.as_ref(), lane) {
                self.news = Some(News::Passed(lane));
            }
        }
        self.diagnosis = Some(diagnosis);
    }

    /// The connection ended on its own: after the last diagnosis nothing is missing, and before it there may be a way back.
    fn closed(&mut self) {
        if self.diagnosis.as_ref().is_some_and(|diagnosis| diagnosis.is_final) {
            self.phase = Phase::Finished;
            self.settle();
        } else if self.way_back.is_some() && self.tries < TRIES {
            self.tries += 1;
            self.phase = Phase::Reconnecting;
        } else {
            self.stop(Trouble::Lost);
        }
    }

    fn stop(&mut self, trouble: Trouble) {
        self.phase = Phase::Stopped(trouble);
        self.settle();
    }

    /// No step stays 'running' after the run.
    fn settle(&mut self) {
        self.imap.settle();
        self.smtp.settle();
    }
}

const fn is_reading(observed: &Observed) -> bool {
    matches!(observed.observation, Observation::Reading { .. })
}

/// The step that an observation belongs to. `None`: the one under way.
const fn step_of(observation: &Observation) -> Option<Step> {
    Some(match observation {
        Observation::HostInvalid { .. }
        | Observation::DnsAnswer { .. }
        | Observation::NearName { .. }
        | Observation::AddressDenied { .. } => Step::Resolve,
        Observation::ConnectAttempt { .. } | Observation::Alternative { .. } => Step::Connect,
        Observation::Greeting { .. } => Step::Greeting,
        Observation::StartTls { .. }
        | Observation::TlsHandshake { .. }
        | Observation::EveryHelloRefused { .. }
        | Observation::LegacyTls { .. }
        | Observation::TlsWithoutName { .. } => Step::Tls,
        Observation::CertificateChain { .. }
        | Observation::CertificateVerdict { .. }
        | Observation::CertificateName { .. } => Step::Certificate,
        Observation::Capabilities { .. } => Step::Capabilities,
        Observation::SignIn { .. }
        | Observation::SignInSkipped { .. }
        | Observation::Provider { .. }
        | Observation::Token { .. } => Step::SignIn,
        Observation::Mailbox { .. } | Observation::Reading { .. } | Observation::Sender { .. } => {
            Step::Mailbox
        }
        Observation::Dropped { step, .. }
        | Observation::TimedOut { step, .. }
        | Observation::Unrecognised { step, .. } => *step,
        Observation::Transcript(_) => return None,
    })
}

#[cfg(test)]
mod tests;
