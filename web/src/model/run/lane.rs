//! One lane of a run: what became of its eight steps, and when.

use error_model::{Endpoint, Lane, Step, StepState};

/// What became of a step. Times are in milliseconds since the run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// `None`: it waits for its turn.
    pub state: Option<StepState>,
    /// When it began.
    pub start_ms: Option<u64>,
    /// When it ended.
    pub end_ms: Option<u64>,
}

/// One lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRun {
    /// Which.
    pub lane: Lane,
    /// The server asked for.
    pub endpoint: Endpoint,
    marks: [Mark; Step::ALL.len()],
}

impl LaneRun {
    pub(super) fn new(lane: Lane, endpoint: Endpoint) -> Self {
        Self { lane, endpoint, marks: [Mark::default(); Step::ALL.len()] }
    }

    /// What became of a step.
    #[must_use]
    pub const fn step(&self, step: Step) -> Mark {
        self.marks[step as usize]
    }

    /// The first step that failed, in the order of the steps.
    #[must_use]
    pub fn failed(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| self.step(*step).state == Some(StepState::Failed))
    }

    /// Nothing more will happen on this lane, follow-ups aside: a step failed, or every step has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let ended = |mark: &Mark| !matches!(mark.state, None | Some(StepState::Started));
        self.failed().is_some() || self.marks.iter().all(ended)
    }

    pub(super) fn mark(&mut self, step: Step, state: StepState, at_ms: u64) {
        // A step that nobody announced began when the one before it ended.
        let before = self.marks.iter().filter_map(|mark| mark.end_ms).max();
        let mark = &mut self.marks[step as usize];
        mark.state = Some(state);
        match state {
            StepState::Started => (mark.start_ms, mark.end_ms) = (Some(at_ms), None),
            StepState::Passed | StepState::Failed => {
                let start = mark.start_ms.or(before).unwrap_or(at_ms).min(at_ms);
                (mark.start_ms, mark.end_ms) = (Some(start), Some(at_ms));
            }
            StepState::Skipped => (mark.start_ms, mark.end_ms) = (None, None),
        }
    }

    /// The run is over: what was under way was cut short, what waited won't happen.
    pub(super) fn close(&mut self, at_ms: u64) {
        for mark in &mut self.marks {
            if mark.state == Some(StepState::Started) {
                mark.end_ms = Some(at_ms.max(mark.start_ms.unwrap_or(0)));
            }
            if matches!(mark.state, None | Some(StepState::Started)) {
                mark.state = Some(StepState::Skipped);
            }
        }
    }
}
