//! One lane of a run: eight steps, each with its state and its place on the clock.

use error_model::{Step, StepState};

/// A step of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepRun {
    /// What has become of it; `None` while it waits.
    pub state: Option<StepState>,
    /// When it began, milliseconds since the run did.
    pub started_ms: Option<u64>,
    /// When it ended.
    pub ended_ms: Option<u64>,
}

impl StepRun {
    /// How long it took, milliseconds; `None` while that isn't known.
    #[must_use]
    pub fn duration_ms(&self) -> Option<u64> {
        Some(self.ended_ms?.saturating_sub(self.started_ms?))
    }
}

/// A lane of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRun {
    steps: [StepRun; Step::ALL.len()],
    /// The step under way, or the last one.
    pub current: Step,
}

impl Default for LaneRun {
    fn default() -> Self {
        Self { steps: Default::default(), current: Step::Resolve }
    }
}

impl LaneRun {
    /// A step.
    #[must_use]
    pub const fn step(&self, step: Step) -> StepRun {
        self.steps[step as usize]
    }

    pub(super) fn step_changed(&mut self, step: Step, state: StepState, elapsed_ms: u64) {
        let entry = &mut self.steps[step as usize];
        entry.state = Some(state);
        match state {
            StepState::Started => {
                entry.started_ms = Some(elapsed_ms);
                self.current = step;
            }
            StepState::Passed | StepState::Failed => {
                // A step that was over at once may be told by its end alone.
                entry.started_ms.get_or_insert(elapsed_ms);
                entry.ended_ms = Some(elapsed_ms);
                self.current = step;
            }
            StepState::Skipped => {}
        }
    }

    pub(super) fn settle(&mut self) {
        for step in &mut self.steps {
            if matches!(step.state, Some(StepState::Started)) {
                *step = StepRun::default();
            }
        }
    }
}
