//! What is shown of a run: steps with their times and bars, what was seen at each, the conversation.

use error_model::{
    Lane, Lang, Observed, Step, StepState,
    evidence::{DnsSubject, Observation, SignInSkip, TranscriptSide},
    strings::{self, run as words},
    words as tell,
};

use super::{LaneRun, Run};

/// One step of a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// What became of it; `None`: it waits.
    pub state: Option<StepState>,
    /// Its name.
    pub name: &'static str,
    /// Its state in words.
    pub state_words: &'static str,
    /// How long it took or has taken so far.
    pub time: Option<String>,
    /// Its place in the waterfall.
    pub bar: Option<Bar>,
    /// Something was seen at it.
    pub has_details: bool,
}

/// A bar of the waterfall, in thousandths of the longest lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Where it begins.
    pub start: u16,
    /// How wide it is; 0 for less than a thousandth.
    pub width: u16,
}

/// One observation, as a step's drawer shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Findings cite it by this number.
    pub seq: u32,
    /// Our sentence.
    pub text: String,
    /// The server's own words, escaped.
    pub server: Option<String>,
    /// How long it took.
    pub time: Option<String>,
}

/// One line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub side: TranscriptSide,
    /// What, escaped.
    pub text: String,
    /// Since the run began.
    pub time: String,
}

impl Line {
    /// An observation in words.
    #[must_use]
    pub fn new(observed: &Observed, lang: Lang) -> Self {
        let seen = &observed.observation;
        Self {
            seq: observed.seq,
            text: tell::describe(seen, lang),
            server: tell::server_words(seen),
            time: tell::duration_ms(seen).map(|ms| time(ms, lang)),
        }
    }
}

impl Run {
    /// The steps of a lane; none where it wasn't asked for.
    #[must_use]
    pub fn steps(&self, lane: Lane) -> Vec<StepView> {
        let Some(run) = self.lane(lane) else { return Vec::new() };
        let longest = self.longest_ms();
        Step::ALL.into_iter().map(|step| self.step_view(run, step, longest)).collect()
    }

    /// What was seen at a step, in the order seen. What follow-ups saw belongs to the step that failed.
    #[must_use]
    pub fn details(&self, lane: Lane, step: Step) -> Vec<Line> {
        self.seen(lane, step).map(|observed| Line::new(observed, self.lang)).collect()
    }

    /// The conversation with the server of a lane. Sign-in exchanges are no part of it.
    #[must_use]
    pub fn transcript(&self, lane: Lane) -> Vec<Said> {
        let of_lane = self.evidence.observations.iter().filter(|observed| observed.lane == lane);
        of_lane
            .filter_map(|observed| match &observed.observation {
                Observation::Transcript(said) => Some(Said {
                    side: said.side,
                    text: said.text.to_string(),
                    time: time(observed.at_ms, self.lang),
                }),
                _ => None,
            })
            .collect()
    }

    /// The whole width of the waterfall: the longest lane, in milliseconds, never 0.
    #[must_use]
    pub fn longest_ms(&self) -> u64 {
        let ends = self.lanes.iter().flat_map(|lane| {
            Step::ALL.map(|step| {
                let mark = lane.step(step);
                mark.end_ms.or_else(|| mark.start_ms.map(|_| self.elapsed_ms)).unwrap_or(0)
            })
        });
        ends.max().unwrap_or(0).max(1)
    }

    fn step_view(&self, run: &LaneRun, step: Step, longest: u64) -> StepView {
        let mark = run.step(step);
        let span = mark.start_ms.map(|start| (start, mark.end_ms.unwrap_or(self.elapsed_ms).max(start)));
        let state_words = mark.state.map_or(words::STATE_WAITING, strings::state);
        StepView {
            step,
            state: mark.state,
            name: strings::step(step).get(self.lang),
            state_words: state_words.get(self.lang),
            time: span.map(|(start, end)| time(end - start, self.lang)),
            bar: span.map(|(start, end)| Bar {
                start: thousandths(start, longest),
                width: thousandths(end, longest) - thousandths(start, longest),
            }),
            has_details: self.seen(run.lane, step).next().is_some(),
        }
    }

    fn seen(&self, lane: Lane, step: Step) -> impl Iterator<Item = &Observed> {
        let failed = self.lane(lane).and_then(LaneRun::failed);
        self.evidence
            .observations
            .iter()
            .filter(move |seen| seen.lane == lane && place(&seen.observation, failed) == Some(step))
    }
}

/// The step where an observation is shown; `None` for the conversation, which has a place of its own.
fn place(seen: &Observation, failed: Option<Step>) -> Option<Step> {
    use Observation as O;
    if let Some(step) = seen.step() {
        return Some(step);
    }
    let usual = match seen {
        O::Transcript(_) => return None,
        O::SignInSkipped { reason: SignInSkip::NoSecret | SignInSkip::CertificateNotClean } => {
            return Some(Step::SignIn);
        }
        O::DnsAnswer { subject: DnsSubject::MailDomain, .. } | O::NearName { .. } => Step::Resolve,
        O::CertificateName { .. } => Step::Certificate,
        O::LegacyTls { .. } | O::EveryHelloRefused { .. } | O::TlsWithoutName { .. } => Step::Tls,
        O::Provider { .. } | O::Token { .. } => Step::SignIn,
        _ => Step::Connect,
    };
    Some(failed.unwrap_or(usual))
}

fn thousandths(ms: u64, whole: u64) -> u16 {
    let share = ms.min(whole).saturating_mul(1_000) / whole.max(1);
    u16::try_from(share).unwrap_or(1_000)
}

/// A duration for people: milliseconds below a second, then seconds.
#[must_use]
pub fn time(ms: u64, lang: Lang) -> String {
    match ms {
        0..1_000 => [&ms.to_string(), " ms"].concat(),
        _ => words::ELAPSED.fill(lang, &[("n", &tell::seconds(ms))]),
    }
}
