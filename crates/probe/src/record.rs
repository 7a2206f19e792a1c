//! Where observations go: numbered, kept for the diagnosis, and sent on as messages.

use std::{
    cmp::Ordering,
    sync::{Arc, Mutex, PoisonError},
};

use error_model::{
    Diagnosis, Evidence, Lane, Observed, ServerText, Step, StepState, diagnose,
    evidence::{Asked, Observation, Transcript},
    wire::RelayMessage,
};
use tokio::{sync::mpsc, time::Instant};

use crate::{
    limits,
    resolve::millis,
    sign_ins::{SignInBudget, Turn},
};

/// One run's record, shared by its two lanes.
pub(crate) struct Record {
    begun: Instant,
    messages: mpsc::Sender<RelayMessage>,
    budgets: [Arc<SignInBudget>; 2],
    state: Mutex<State>,
}

struct State {
    evidence: Evidence,
    /// The step under way, and since when.
    current: [Option<(Step, Instant)>; 2],
    /// How many lines of the conversation each lane has had.
    lines: [usize; 2],
    last: Option<Diagnosis>,
}

impl Record {
    pub fn new(
        asked: Asked,
        started_at: i64,
        messages: mpsc::Sender<RelayMessage>,
        budgets: [Arc<SignInBudget>; 2],
    ) -> Arc<Self> {
        let evidence = Evidence { asked, started_at, finished: false, observations: Vec::new() };
        let state = Mutex::new(State { evidence, current: [None; 2], lines: [0; 2], last: None });
        Arc::new(Self { begun: Instant::now(), messages, budgets, state })
    }

    pub fn elapsed_ms(&self) -> u64 {
        millis(self.begun.elapsed())
    }

    /// A copy of what was seen so far.
    pub fn evidence(&self) -> Evidence {
        self.with(|state| state.evidence.clone())
    }

    /// The step that a lane is at, if it's under way.
    pub fn current(&self, lane: Lane) -> Option<Step> {
        self.with(|state| state.current[lane as usize]).map(|(step, _)| step)
    }

    /// How long that step is under way, in milliseconds.
    pub fn waited_ms(&self, lane: Lane) -> u64 {
        self.with(|state| state.current[lane as usize]).map_or(0, |(_, since)| millis(since.elapsed()))
    }

    /// Ends the record: the last diagnosis is final.
    pub async fn finish(&self) -> Evidence {
        let (evidence, diagnosis) = self.with(|state| {
            state.evidence.finished = true;
            (state.evidence.clone(), diagnose(&state.evidence))
        });
        self.send(RelayMessage::Diagnosis(diagnosis)).await;
        self.send(RelayMessage::Done { elapsed_ms: self.elapsed_ms() }).await;
        evidence
    }

    /// Adds a line of the conversation, as long as there is room.
    async fn line(&self, lane: Lane, mut line: Transcript) {
        let count = self.with(|state| {
            let count = &mut state.lines[lane as usize];
            *count += 1;
            *count
        });
        match count.cmp(&limits::TRANSCRIPT) {
            Ordering::Less => {}
            Ordering::Equal => line.text = ServerText::from("[...]"),
            Ordering::Greater => return,
        }
        self.add(lane, Observation::Transcript(line)).await;
    }

    async fn add(&self, lane: Lane, observation: Observation) {
        let at_ms = self.elapsed_ms();
        let telling = !matches!(observation, Observation::Transcript(_));
        let (observed, diagnosis) = self.with(|state| {
            let seq = u32::try_from(state.evidence.observations.len()).unwrap_or(u32::MAX).saturating_add(1);
            let observed = Observed { seq, at_ms, lane, observation };
            state.evidence.observations.push(observed.clone());
            (observed, telling.then(|| state.changed()).flatten())
        });
        self.send(RelayMessage::Evidence(observed)).await;
        if let Some(diagnosis) = diagnosis {
            self.send(RelayMessage::Diagnosis(diagnosis)).await;
        }
    }

    async fn step(&self, lane: Lane, step: Step, state: StepState) {
        self.with(|s| {
            let current = &mut s.current[lane as usize];
            match state {
                StepState::Started => *current = Some((step, Instant::now())),
                // The verdict on a certificate may come while a later step is under way, which then goes on.
                _ if current.is_some_and(|(at, _)| at == step) => *current = None,
                _ => {}
            }
        });
        self.send(RelayMessage::Step { lane, step, state, elapsed_ms: self.elapsed_ms() }).await;
    }

    /// A reader that has gone ends the run by dropping it; until then nothing is lost.
    async fn send(&self, message: RelayMessage) {
        let _gone = self.messages.send(message).await;
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// The diagnosis, where it says something else than the last one.
    fn changed(&mut self) -> Option<Diagnosis> {
        let diagnosis = diagnose(&self.evidence);
        let news = diagnosis.cause.is_some() && self.last.as_ref() != Some(&diagnosis);
        news.then(|| {
            self.last = Some(diagnosis.clone());
            diagnosis
        })
    }
}

/// A lane's pen. What follow-ups see goes to a listener or nowhere, not into the record.
#[derive(Clone)]
pub(crate) struct Pen {
    pub lane: Lane,
    paper: Paper,
}

#[derive(Clone)]
enum Paper {
    Record(Arc<Record>),
    Listener(Listener),
    None,
}

/// Keeps what a pen writes, for a follow-up to look at.
#[derive(Clone, Default)]
pub(crate) struct Listener(Arc<Mutex<Vec<Observation>>>);

impl Listener {
    /// What was seen so far; the listener is empty afterwards.
    pub fn take(&self) -> Vec<Observation> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Pen {
    pub fn new(lane: Lane, record: &Arc<Record>) -> Self {
        Self { lane, paper: Paper::Record(Arc::clone(record)) }
    }

    pub fn muted(lane: Lane) -> Self {
        Self { lane, paper: Paper::None }
    }

    pub fn listening(lane: Lane) -> (Self, Listener) {
        let listener = Listener::default();
        (Self { lane, paper: Paper::Listener(listener.clone()) }, listener)
    }

    pub async fn saw(&self, observation: Observation) {
        match &self.paper {
            Paper::Record(record) => record.add(self.lane, observation).await,
            Paper::Listener(listener) => {
                listener.0.lock().unwrap_or_else(PoisonError::into_inner).push(observation);
            }
            Paper::None => {}
        }
    }

    pub async fn step(&self, step: Step, state: StepState) {
        if let Paper::Record(record) = &self.paper {
            record.step(self.lane, step, state).await;
        }
    }

    /// Waits for the lane's turn to sign in. `None`: no further sign-in may be tried, and in follow-ups none at all.
    pub async fn turn(&self) -> Option<Turn<'_>> {
        match &self.paper {
            Paper::Record(record) => record.budgets[self.lane as usize].turn().await,
            Paper::Listener(_) | Paper::None => None,
        }
    }

    pub async fn started(&self, step: Step) {
        self.step(step, StepState::Started).await;
    }

    pub async fn passed(&self, step: Step) {
        self.step(step, StepState::Passed).await;
    }

    pub async fn failed(&self, step: Step) {
        self.step(step, StepState::Failed).await;
    }

    pub async fn skipped(&self, steps: impl IntoIterator<Item = Step>) {
        for step in steps {
            self.step(step, StepState::Skipped).await;
        }
    }

    /// Writes down a line of the conversation; follow-ups keep none.
    pub async fn line(&self, line: protocol::TranscriptLine) {
        use error_model::evidence::TranscriptSide::{Client, Server};
        let Paper::Record(record) = &self.paper else { return };
        let side = match line.direction {
            protocol::Direction::Client => Client,
            protocol::Direction::Server => Server,
        };
        let mut text = line.text;
        match line.omitted {
            protocol::Omitted::Nothing => {}
            protocol::Omitted::SignInData => text.extend_from_slice(b" [sign-in data not recorded]"),
            protocol::Omitted::Rest => text.extend_from_slice(b" [...]"),
        }
        record.line(self.lane, Transcript { side, text: ServerText::new(&text) }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lane_keeps_the_first_lines_of_the_conversation_and_says_that_there_were_more() {
        let (messages, mut kept) = mpsc::channel(2 * limits::TRANSCRIPT);
        let asked =
            serde_json::from_str(r#"{"same_credentials":false,"token":false,"allow_unclean_tls":false}"#);
        let budgets = Lane::ALL.map(|_| Arc::new(SignInBudget::new(1)));
        let record = Record::new(asked.unwrap(), 0, messages, budgets);
        let pen = Pen::new(Lane::Imap, &record);
        for _ in 0..limits::TRANSCRIPT + 10 {
            pen.line(protocol::TranscriptLine {
                direction: protocol::Direction::Server,
                text: b"* X".to_vec(),
                omitted: protocol::Omitted::Nothing,
            })
            .await;
        }
        let evidence = record.evidence();
        assert_eq!(evidence.observations.len(), limits::TRANSCRIPT);
        let Some(Observation::Transcript(last)) = evidence.observations.last().map(|o| &o.observation) else {
            panic!("it's no line");
        };
        assert_eq!(last.text.to_string(), "[...]");
        assert_eq!(std::iter::from_fn(|| kept.try_recv().ok()).count(), limits::TRANSCRIPT);
    }
}
