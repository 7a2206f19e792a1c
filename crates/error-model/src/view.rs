//! What a rule looks at (one lane of the evidence, in order) and what it may claim.

mod encryption;
mod first_words;
mod lookup;
mod reach;
mod refusal;

pub(crate) use encryption::Missing;
pub(crate) use refusal::Refusal;

use std::net::IpAddr;

use crate::{
    Code, Confidence, Endpoint, Field, Lane, Security, Step, Tried,
    evidence::{
        AlternativeOutcome, Asked, CertificateFault, ConnectOutcome, DnsAnswerView, DnsSubject, Evidence,
        GreetingOutcome, Observation, Observed, ReplyStatus, SignInSkip, TlsOutcome,
    },
    refusal::Refusals,
};

/// How long the product waits for a greeting, in milliseconds. It publishes no figure, so the line is drawn just above
/// the longest delay that servers make on purpose (6 s, `postscreen_greet_wait` of Postfix): such a server is usual,
/// a slower one isn't.
pub(crate) const PRODUCT_GREETING_LIMIT_MS: u64 = 7_000;

/// So many messages take more than an hour at five a second, which a busy server may well keep to: a first sync of them
/// takes long enough to be taken for a fault.
pub(crate) const MANY_MESSAGES: u32 = 20_000;

/// So many bytes take more than an hour too, at half a megabyte a second.
pub(crate) const MANY_BYTES: u64 = 2_000_000_000;

/// One lane of the evidence, sorted by `seq`, so that the order of arrival changes nothing.
pub(crate) struct LaneView<'a> {
    evidence: &'a Evidence,
    /// The lane looked at.
    pub lane: Lane,
    /// The server asked for.
    pub endpoint: &'a Endpoint,
    observed: Vec<&'a Observed>,
    /// What [`LaneView::refused`] has read.
    pub refusals: Refusals,
}

impl<'a> LaneView<'a> {
    /// The lane, where it was asked for.
    pub fn new(evidence: &'a Evidence, lane: Lane) -> Option<Self> {
        let endpoint = evidence.asked.endpoint(lane)?;
        let mut observed: Vec<_> = evidence.observations.iter().filter(|o| o.lane == lane).collect();
        observed.sort_by_key(|o| o.seq);
        Some(Self { evidence, lane, endpoint, observed, refusals: Refusals::default() })
    }

    /// The other lane, where it was asked for.
    pub fn other(&self) -> Option<LaneView<'a>> {
        LaneView::new(self.evidence, self.lane.other())
    }

    /// What was asked.
    pub fn asked(&self) -> &'a Asked {
        &self.evidence.asked
    }

    /// When the run began, Unix time in seconds.
    pub fn started_at(&self) -> i64 {
        self.evidence.started_at
    }

    /// No further evidence will come.
    pub fn finished(&self) -> bool {
        self.evidence.finished
    }

    /// The lane's observations in order.
    pub fn observed(&self) -> impl Iterator<Item = (u32, &'a Observation)> {
        self.observed.iter().map(|o| (o.seq, &o.observation))
    }

    /// The first observation that `pick` takes.
    pub fn find<T>(&self, mut pick: impl FnMut(&'a Observation) -> Option<T>) -> Option<(u32, T)> {
        self.observed().find_map(|(seq, o)| pick(o).map(|t| (seq, t)))
    }

    /// Every observation that `pick` takes.
    pub fn all<T>(&self, mut pick: impl FnMut(&'a Observation) -> Option<T>) -> Vec<(u32, T)> {
        self.observed().filter_map(|(seq, o)| pick(o).map(|t| (seq, t))).collect()
    }

    /// The DNS answers for a subject.
    pub fn dns(&self, subject: DnsSubject) -> Vec<(u32, DnsAnswerView<'a>)> {
        self.all(|o| o.dns_answer().filter(|answer| answer.subject == subject))
    }

    /// The TCP attempts, those lost to a faster one left out.
    pub fn attempts(&self) -> Vec<(u32, ConnectOutcome)> {
        self.all(|o| match o {
            Observation::ConnectAttempt { outcome, .. } if *outcome != ConnectOutcome::Abandoned => {
                Some(*outcome)
            }
            _ => None,
        })
    }

    /// The tries of other ports and modes: seq, port, security, outcome. A try with the port and mode asked for was one
    /// of another host.
    pub fn alternatives(&self) -> Vec<(u32, u16, Security, &'a AlternativeOutcome)> {
        self.all(|o| match o {
            Observation::Alternative { port, security, outcome, .. } if !self.is_asked(*port, *security) => {
                Some((*port, *security, outcome))
            }
            _ => None,
        })
        .into_iter()
        .map(|(seq, (port, security, outcome))| (seq, port, security, outcome))
        .collect()
    }

    /// Whether these are the port and mode asked for.
    fn is_asked(&self, port: u16, security: Security) -> bool {
        (port, security) == (self.endpoint.port, self.endpoint.security)
    }

    /// The faults of the certificate, each with the verdict's `seq`; empty before the verdict and with a clean one.
    pub fn certificate_faults(&self) -> Vec<(u32, &'a CertificateFault)> {
        self.observed()
            .filter_map(|(seq, o)| match o {
                Observation::CertificateVerdict { faults, .. } => Some(faults.iter().map(move |f| (seq, f))),
                _ => None,
            })
            .flatten()
            .collect()
    }

    /// The verdict was given, and it's clean.
    pub fn certificate_is_clean(&self) -> Option<u32> {
        self.find(|o| match o {
            Observation::CertificateVerdict { faults, .. } if faults.is_empty() => Some(()),
            _ => None,
        })
        .map(|(seq, ())| seq)
    }

    /// How the handshake ended. TLS that breaks after it stood is a second end: the last one counts.
    pub fn handshake(&self) -> Option<(u32, &'a TlsOutcome)> {
        let ends = self.all(|o| match o {
            Observation::TlsHandshake { outcome, .. } => Some(outcome),
            _ => None,
        });
        ends.last().copied()
    }

    /// The accepted sign-in.
    pub fn accepted_sign_in(&self) -> Option<u32> {
        self.find(|o| matches!(o, Observation::SignIn { accepted: true, .. }).then_some(()))
            .map(|(seq, ())| seq)
    }

    /// The first step that failed, in the catalogue's order of steps.
    pub fn failed_step(&self) -> Option<Step> {
        let single = self.observed().filter_map(|(_, o)| failed_by(o)).min();
        [
            self.resolve_failed().then_some(Step::Resolve),
            self.connect_failed().then_some(Step::Connect),
            single,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// `Some` where this is the first step that failed.
    pub fn failed_at(&self, step: Step) -> Option<()> {
        (self.failed_step() == Some(step)).then_some(())
    }

    /// Whether something besides the loss of the connection shows the failure of a step.
    pub fn otherwise_failed(&self, step: Step) -> bool {
        self.observed().any(|(_, o)| !matches!(o, Observation::Dropped { .. }) && failed_by(o) == Some(step))
    }

    /// A step that reached its time limit.
    pub fn time_out(&self, at: Step) -> Option<u32> {
        self.find(|o| matches!(o, Observation::TimedOut { step, .. } if *step == at).then_some(()))
            .map(|(seq, ())| seq)
    }

    /// The last step that was reached.
    pub fn reached(&self) -> Step {
        self.observed().filter_map(|(_, o)| o.step()).max().unwrap_or(Step::Resolve)
    }

    fn resolve_failed(&self) -> bool {
        if !self.attempts().is_empty() {
            return false;
        }
        let answers = self.dns(DnsSubject::Host);
        let none = !answers.is_empty() && answers.iter().all(|(_, a)| a.addresses.is_empty());
        // One denied address rejects the whole name: the others aren't dialled either.
        none || !self.denied_addresses().is_empty()
    }

    /// The addresses that the egress policy doesn't let the relay dial.
    pub fn denied_addresses(&self) -> Vec<(u32, IpAddr)> {
        self.all(|o| match o {
            Observation::AddressDenied { address, .. } => Some(*address),
            _ => None,
        })
    }

    fn connect_failed(&self) -> bool {
        let attempts = self.attempts();
        !attempts.is_empty() && attempts.iter().all(|(_, outcome)| *outcome != ConnectOutcome::Connected)
    }
}

/// The step that one observation shows as failed.
fn failed_by(observation: &Observation) -> Option<Step> {
    let failed = match observation {
        Observation::HostInvalid { .. } => true,
        Observation::Greeting { outcome, elapsed_ms, .. } => {
            *outcome != GreetingOutcome::Ready || *elapsed_ms > PRODUCT_GREETING_LIMIT_MS
        }
        Observation::StartTls { offered, reply, injected } => {
            !offered || *injected > 0 || reply.as_ref().is_some_and(|r| r.status != ReplyStatus::Ok)
        }
        Observation::TlsHandshake { outcome, .. } => !matches!(outcome, TlsOutcome::Established { .. }),
        Observation::CertificateVerdict { faults, .. } => !faults.is_empty(),
        Observation::SignIn { accepted, .. } => !accepted,
        Observation::SignInSkipped { reason } => {
            !matches!(reason, SignInSkip::NoSecret | SignInSkip::CertificateNotClean | SignInSkip::Budget)
        }
        Observation::Mailbox { opened, .. } => !opened,
        Observation::Sender { allowed, .. } => !allowed,
        Observation::Dropped { .. } | Observation::TimedOut { .. } | Observation::Unrecognised { .. } => true,
        _ => false,
    };
    failed.then(|| observation.step()).flatten()
}

/// What a rule claims: how sure, at which step, on which observations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub confidence: Confidence,
    pub step: Step,
    pub observations: Vec<u32>,
    pub also_shown_as: Vec<Code>,
    pub suggestions: Vec<Draft>,
}

/// A suggestion before it has an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub field: Field,
    pub value: String,
    pub tried: Option<Tried>,
}

impl Claim {
    /// The evidence admits no other cause. `seen` must name what shows it: without that it's only possible.
    pub fn proven(step: Step, seen: impl IntoIterator<Item = u32>) -> Self {
        Self::new(Confidence::Proven, step, seen)
    }

    /// The evidence speaks for it.
    pub fn likely(step: Step, seen: impl IntoIterator<Item = u32>) -> Self {
        Self::new(Confidence::Likely, step, seen)
    }

    /// One of several.
    pub fn possible(step: Step, seen: impl IntoIterator<Item = u32>) -> Self {
        Self::new(Confidence::Possible, step, seen)
    }

    /// As sure as what it rests on.
    pub fn of(confidence: Confidence, step: Step, seen: impl IntoIterator<Item = u32>) -> Self {
        Self::new(confidence, step, seen)
    }

    fn new(confidence: Confidence, step: Step, seen: impl IntoIterator<Item = u32>) -> Self {
        let mut observations: Vec<u32> = seen.into_iter().collect();
        observations.sort_unstable();
        observations.dedup();
        let confidence = if observations.is_empty() { Confidence::Possible } else { confidence };
        Self { confidence, step, observations, also_shown_as: Vec::new(), suggestions: Vec::new() }
    }

    /// The product may show these codes for the same fault.
    pub fn also<const N: usize>(mut self, codes: [Code; N]) -> Self {
        self.also_shown_as.extend(codes);
        self
    }

    /// A value to try.
    pub fn suggest(mut self, field: Field, value: impl Into<String>, tried: Option<Tried>) -> Self {
        let draft = Draft { field, value: value.into(), tried };
        if !self.suggestions.contains(&draft) {
            self.suggestions.push(draft);
        }
        self
    }

    /// A port and its security mode of the lane, found by trying; only what differs from the setting is suggested.
    pub fn suggest_port(self, view: &LaneView<'_>, port: u16, security: Security, tried: Tried) -> Self {
        let claim = if port == view.endpoint.port {
            self
        } else {
            self.suggest(Field::port(view.lane), port.to_string(), Some(tried))
        };
        if security == view.endpoint.security {
            claim
        } else {
            claim.suggest(Field::security(view.lane), security.as_str(), Some(tried))
        }
    }
}

impl Evidence {
    /// The first step of a lane that failed, by what was seen so far; `None` where none did or the lane wasn't asked for.
    #[must_use]
    pub fn failed_step(&self, lane: Lane) -> Option<Step> {
        LaneView::new(self, lane)?.failed_step()
    }
}
