//! A run as it happens: events in, both lanes with their eight steps out.
//!
//! The clock is an argument of every event. Step times are the relay's; between its messages the local clock goes on
//! from them.

mod lane;
mod trouble;
mod view;

use std::net::IpAddr;

use error_model::{
    Diagnosis, Evidence, Lane, Lang,
    evidence::Asked,
    strings::{self, run as words},
    wire::{Problem, RelayMessage},
};

pub use lane::{LaneRun, Mark};
pub use trouble::Trouble;
pub use view::{Bar, Line, Said, StepView, time};

/// What happens to a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The connection to the relay stands.
    Opened,
    /// It failed or ended.
    Lost,
    /// The person stopped the run.
    Cancelled,
    /// The relay said something.
    Heard(RelayMessage),
    /// Time went by.
    Tick,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// No connection to the relay yet.
    Connecting,
    /// Under way.
    Running,
    /// It ended as it should.
    Finished,
    /// The person stopped it.
    Cancelled,
    /// The connection to the relay was lost on the way.
    Lost,
    /// The relay couldn't be reached.
    Unreachable,
    /// The relay refused or failed.
    Refused,
}

impl Phase {
    /// Nothing more will come.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Connecting | Self::Running)
    }
}

/// One run, from the click to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    lang: Lang,
    phase: Phase,
    evidence: Evidence,
    lanes: Vec<LaneRun>,
    diagnosis: Option<Diagnosis>,
    problem: Option<Problem>,
    retry_at_ms: Option<u64>,
    egress: Vec<IpAddr>,
    /// When the run began, by the local clock; known from the relay's first time.
    origin_ms: Option<u64>,
    elapsed_ms: u64,
    announcements: Vec<String>,
}

impl Run {
    /// A run about to begin. `started_at` is in seconds since the Unix epoch, for the exports.
    #[must_use]
    pub fn new(asked: Asked, lang: Lang, started_at: i64) -> Self {
        let lane = |lane| asked.endpoint(lane).map(|endpoint| LaneRun::new(lane, endpoint.clone()));
        let lanes = Lane::ALL.into_iter().filter_map(lane).collect();
        Self {
            lang,
            phase: Phase::Connecting,
            evidence: Evidence { asked, started_at, finished: false, observations: Vec::new() },
            lanes,
            diagnosis: None,
            problem: None,
            retry_at_ms: None,
            egress: Vec::new(),
            origin_ms: None,
            elapsed_ms: 0,
            announcements: Vec::new(),
        }
    }

    /// The run after an event at `now_ms`, milliseconds of any clock that never goes back. Nothing changes a run that
    /// is over.
    pub fn on(&mut self, event: Event, now_ms: u64) {
        if self.phase.is_over() {
            return;
        }
        match event {
            Event::Opened => {
                self.phase = Phase::Running;
                self.announce(words::RUNNING.get(self.lang));
            }
            Event::Lost => self.lost(),
            Event::Cancelled => {
                self.end(Phase::Cancelled);
                self.announce(words::CANCELLED.get(self.lang));
            }
            Event::Heard(message) => {
                self.phase = Phase::Running;
                self.heard(message, now_ms);
            }
            Event::Tick => {
                let passed = self.origin_ms.map_or(0, |origin| now_ms.saturating_sub(origin));
                self.elapsed_ms = self.elapsed_ms.max(passed);
            }
        }
    }

    /// Where the run stands.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The page's language when the run began.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The lanes that were asked for, IMAP first.
    #[must_use]
    pub fn lanes(&self) -> &[LaneRun] {
        &self.lanes
    }

    /// One lane, where it was asked for.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> Option<&LaneRun> {
        self.lanes.iter().find(|run| run.lane == lane)
    }

    /// The question, and everything seen so far.
    #[must_use]
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The last diagnosis.
    #[must_use]
    pub const fn diagnosis(&self) -> Option<&Diagnosis> {
        self.diagnosis.as_ref()
    }

    /// The addresses that the relay dials from.
    #[must_use]
    pub fn egress(&self) -> &[IpAddr] {
        &self.egress
    }

    /// Milliseconds since the run began.
    #[must_use]
    pub const fn elapsed_ms(&self) -> u64 {
        self.elapsed_ms
    }

    /// When another try makes sense, by the clock of the events; `None`: at any time.
    #[must_use]
    pub const fn retry_at_ms(&self) -> Option<u64> {
        self.retry_at_ms
    }

    /// Sentences to be read aloud politely, each once.
    pub fn take_announcements(&mut self) -> Vec<String> {
        std::mem::take(&mut self.announcements)
    }

    fn heard(&mut self, message: RelayMessage, now_ms: u64) {
        match message {
            RelayMessage::Hello { egress_addresses, .. } => self.egress = egress_addresses,
            RelayMessage::Step { lane, step, state, elapsed_ms } => {
                self.clock(elapsed_ms, now_ms);
                let Some(run) = self.lanes.iter_mut().find(|run| run.lane == lane) else { return };
                let ended = run.is_over();
                run.mark(step, state, elapsed_ms);
                if let Some(news) = run.news(ended, self.lang) {
                    self.announcements.push(news);
                }
            }
            RelayMessage::Evidence(observed) => {
                self.clock(observed.at_ms, now_ms);
                let seen = &mut self.evidence.observations;
                if seen.iter().all(|other| other.seq != observed.seq) {
                    seen.push(observed);
                }
            }
            RelayMessage::Diagnosis(diagnosis) => self.diagnosis = Some(diagnosis),
            RelayMessage::Problem(problem) => {
                self.retry_at_ms =
                    problem.retry_after_s.map(|s| now_ms.saturating_add(s.saturating_mul(1_000)));
                self.problem = Some(problem);
                self.end(Phase::Refused);
                self.announce_trouble(now_ms);
            }
            RelayMessage::Done { elapsed_ms } => {
                self.clock(elapsed_ms, now_ms);
                self.finish(elapsed_ms);
            }
            RelayMessage::Unknown => {}
        }
    }

    /// Sets the local clock by a time of the relay's; the message that was the fastest on its way is the nearest to it.
    fn clock(&mut self, elapsed_ms: u64, now_ms: u64) {
        let origin = now_ms.saturating_sub(elapsed_ms);
        self.origin_ms = Some(self.origin_ms.map_or(origin, |earlier| earlier.min(origin)));
        self.elapsed_ms = self.elapsed_ms.max(elapsed_ms);
    }

    fn finish(&mut self, elapsed_ms: u64) {
        self.elapsed_ms = elapsed_ms;
        self.evidence.finished = true;
        self.end(Phase::Finished);
        self.announce(words::FINISHED.get(self.lang));
    }

    fn lost(&mut self) {
        // The final diagnosis has everything that `done` was still to bring but the time.
        if self.diagnosis.as_ref().is_some_and(|d| d.is_final) {
            return self.finish(self.elapsed_ms);
        }
        self.end(if self.phase == Phase::Connecting { Phase::Unreachable } else { Phase::Lost });
        self.announce_trouble(0);
    }

    fn end(&mut self, phase: Phase) {
        self.phase = phase;
        let elapsed = self.elapsed_ms;
        self.lanes.iter_mut().for_each(|lane| lane.close(elapsed));
    }

    fn announce(&mut self, sentence: &str) {
        self.announcements.push(sentence.to_owned());
    }

    fn announce_trouble(&mut self, now_ms: u64) {
        if let Some(trouble) = self.trouble(now_ms) {
            self.announce(trouble.title);
        }
    }
}

impl LaneRun {
    /// How the lane ended, in a few words; `None` where it hasn't, or was cut short.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> Option<String> {
        use error_model::{Step, StepState::Passed};
        if let Some(step) = self.failed() {
            return Some(words::LANE_FAILED.fill(lang, &[("step", strings::step(step).get(lang))]));
        }
        let passed = |step| self.step(step).state == Some(Passed);
        let words = match (passed(Step::SignIn), passed(Step::Capabilities)) {
            _ if !self.is_over() => return None,
            (true, _) => words::LANE_PASSED,
            (false, true) => words::LANE_CONNECTION_PASSED,
            (false, false) => return None,
        };
        Some(words.get(lang).to_owned())
    }

    /// What to say aloud after a step's message: the step that failed, or that all is well at the lane's end. Steps
    /// that pass on the way aren't worth an interruption. `ended`: the lane was over before the message.
    fn news(&self, ended: bool, lang: Lang) -> Option<String> {
        if ended || !self.is_over() {
            return None;
        }
        let lane = strings::lane(self.lane).get(lang);
        Some(match self.failed() {
            Some(step) => {
                let state = strings::STATE_FAILED.get(lang);
                let values = [("lane", lane), ("step", strings::step(step).get(lang)), ("state", state)];
                words::ANNOUNCE.fill(lang, &values)
            }
            None => words::ANNOUNCE_LANE.fill(lang, &[("lane", lane), ("text", &self.summary(lang)?)]),
        })
    }
}

#[cfg(test)]
mod tests;
