//! What a run has said so far. Pure: messages in, a picture of the run out.

use std::collections::BTreeMap;

use error_model::{
    Code, Diagnosis, Endpoint, Lane, Observed, Step, StepState,
    evidence::Observation,
    wire::{Problem, ProblemCode, RelayMessage},
};

use crate::cli::Exit;

/// The picture of a run.
#[derive(Debug, Default)]
pub(super) struct Progress {
    lanes: BTreeMap<Lane, LaneProgress>,
    evidence: BTreeMap<u32, Observed>,
    diagnosis: Option<Diagnosis>,
    problem: Option<Problem>,
}

/// The picture of one lane.
#[derive(Debug)]
pub(super) struct LaneProgress {
    /// The server asked for.
    pub endpoint: Endpoint,
    /// The steps that began or were skipped.
    pub steps: BTreeMap<Step, Mark>,
    /// Messages read to see how fast that goes, and how many are to be.
    pub reading: Option<(u32, u32)>,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The state last heard of.
    pub state: StepState,
    /// Since the run began, in milliseconds.
    pub started_ms: u64,
    /// Since the run began, in milliseconds; the start's where it hasn't ended.
    pub ended_ms: u64,
}

impl Progress {
    /// A run of the lanes that were asked for.
    pub fn new(endpoints: impl IntoIterator<Item = (Lane, Endpoint)>) -> Self {
        let lane =
            |(lane, endpoint)| (lane, LaneProgress { endpoint, steps: BTreeMap::new(), reading: None });
        Self { lanes: endpoints.into_iter().map(lane).collect(), ..Self::default() }
    }

    /// Takes a message in.
    pub fn take(&mut self, message: RelayMessage) {
        match message {
            RelayMessage::Step { lane, step, state, elapsed_ms } => {
                if let Some(lane) = self.lanes.get_mut(&lane) {
                    lane.mark(step, state, elapsed_ms);
                }
            }
            RelayMessage::Evidence(observed) => {
                if let (Observation::Reading { read, of, .. }, Some(lane)) =
                    (&observed.observation, self.lanes.get_mut(&observed.lane))
                {
                    lane.reading = Some((*read, *of));
                }
                self.evidence.insert(observed.seq, observed);
            }
            RelayMessage::Diagnosis(diagnosis) => self.diagnosis = Some(diagnosis),
            RelayMessage::Problem(problem) => self.problem = Some(problem),
            RelayMessage::Hello { .. }
            | RelayMessage::Run { .. }
            | RelayMessage::Done { .. }
            | RelayMessage::Unknown => {}
        }
    }

    /// The lanes that were asked for, IMAP first.
    pub fn lanes(&self) -> impl Iterator<Item = (Lane, &LaneProgress)> {
        self.lanes.iter().map(|(lane, progress)| (*lane, progress))
    }

    /// An observation by its number.
    pub fn observation(&self, seq: u32) -> Option<&Observed> {
        self.evidence.get(&seq)
    }

    /// The provider that is known on a lane, by its name in the table of providers.
    pub fn provider(&self, lane: Lane) -> Option<&str> {
        self.evidence.values().filter(|observed| observed.lane == lane).find_map(|observed| {
            match &observed.observation {
                Observation::Provider { id, .. } => Some(id.as_str()),
                _ => None,
            }
        })
    }

    /// The diagnosis last heard.
    pub fn diagnosis(&self) -> Option<&Diagnosis> {
        self.diagnosis.as_ref()
    }

    /// What kept the run from taking place.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// How the program ends after this run.
    pub fn exit(&self) -> Exit {
        match (&self.problem, &self.diagnosis) {
            (Some(problem), _) => match problem.code {
                ProblemCode::BadRequest | ProblemCode::TargetNotAllowed => Exit::Usage,
                _ => Exit::Failed,
            },
            (None, Some(diagnosis)) if diagnosis.code == Code::Ok => Exit::Passed,
            (None, Some(_)) => Exit::Fault,
            (None, None) => Exit::Failed,
        }
    }
}

impl LaneProgress {
    fn mark(&mut self, step: Step, state: StepState, at_ms: u64) {
        let mark = self.steps.entry(step).or_insert(Mark { state, started_ms: at_ms, ended_ms: at_ms });
        mark.state = state;
        mark.ended_ms = at_ms;
    }

    /// The step under way.
    pub fn current(&self) -> Option<Step> {
        self.steps.iter().find(|(_, mark)| mark.state == StepState::Started).map(|(step, _)| *step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{Cause, Security, diagnosis::Lanes};

    fn endpoint() -> Endpoint {
        Endpoint { host: "imap.example.com".to_owned(), port: 993, security: Security::Tls }
    }

    fn step(step: Step, state: StepState, elapsed_ms: u64) -> RelayMessage {
        RelayMessage::Step { lane: Lane::Imap, step, state, elapsed_ms }
    }

    fn diagnosis(code: Code, cause: Option<Cause>) -> RelayMessage {
        let lanes = Lanes::default();
        RelayMessage::Diagnosis(Diagnosis {
            code,
            cause,
            confidence: None,
            lane: None,
            is_final: true,
            lanes,
            reported: None,
        })
    }

    #[test]
    fn a_step_keeps_when_it_began_and_when_it_ended() {
        let mut progress = Progress::new([(Lane::Imap, endpoint())]);
        progress.take(step(Step::Connect, StepState::Started, 5));
        assert_eq!(progress.lanes().next().unwrap().1.current(), Some(Step::Connect));
        progress.take(step(Step::Connect, StepState::Passed, 12));
        let (_, lane) = progress.lanes().next().unwrap();
        assert_eq!(
            lane.steps[&Step::Connect],
            Mark { state: StepState::Passed, started_ms: 5, ended_ms: 12 }
        );
        assert_eq!(lane.current(), None);
    }

    #[test]
    fn the_exit_status_follows_the_diagnosis() {
        let mut progress = Progress::new([(Lane::Imap, endpoint())]);
        assert_eq!(progress.exit(), Exit::Failed);
        progress.take(diagnosis(Code::E006, Some(Cause::NameNotCovered)));
        assert_eq!(progress.exit(), Exit::Fault);
        progress.take(diagnosis(Code::Ok, None));
        assert_eq!(progress.exit(), Exit::Passed);
    }

    #[test]
    fn a_problem_of_the_request_is_a_usage_error_and_others_are_failures() {
        for (code, exit) in [
            (ProblemCode::BadRequest, Exit::Usage),
            (ProblemCode::TargetNotAllowed, Exit::Usage),
            (ProblemCode::Internal, Exit::Failed),
        ] {
            let mut progress = Progress::new([(Lane::Imap, endpoint())]);
            progress.take(RelayMessage::Problem(Problem {
                code,
                message: String::new(),
                field: None,
                retry_after_s: None,
            }));
            assert_eq!(progress.exit(), exit, "{code:?}");
        }
    }
}
