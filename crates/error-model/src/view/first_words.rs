//! How the conversation began: the greeting, silence, or an end before a word.

use super::LaneView;
use crate::{
    Security, Step,
    evidence::{ForeignProtocol, GreetingOutcome, Observation, Reply},
};

/// A server that leaves within this many milliseconds didn't like who came; later it had some other trouble.
const AT_ONCE_MS: u64 = 1_000;

/// The greeting.
#[derive(Clone, Copy)]
pub(crate) struct Greeting<'a> {
    pub seq: u32,
    pub outcome: GreetingOutcome,
    pub reply: Option<&'a Reply>,
    pub protocol: Option<ForeignProtocol>,
    pub elapsed_ms: u64,
}

/// The connection ended before the server said a word.
#[derive(Clone, Copy)]
pub(crate) struct HungUp {
    pub seq: u32,
    /// As soon as the connection stood.
    pub at_once: bool,
}

impl<'a> LaneView<'a> {
    /// The greeting, or what came instead.
    pub fn greeting(&self) -> Option<Greeting<'a>> {
        let (seq, greeting) = self.find(|o| match o {
            Observation::Greeting { outcome, reply, protocol, elapsed_ms, .. } => Some(Greeting {
                seq: 0,
                outcome: *outcome,
                reply: reply.as_ref(),
                protocol: *protocol,
                elapsed_ms: *elapsed_ms,
            }),
            _ => None,
        })?;
        Some(Greeting { seq, ..greeting })
    }

    /// The server was waited for in vain.
    pub fn silent_at_first(&self) -> Option<u32> {
        let silence = self.greeting().filter(|g| g.outcome == GreetingOutcome::Silent).map(|g| g.seq);
        silence.or_else(|| self.time_out(Step::Greeting))
    }

    /// The server left before a word.
    pub fn hung_up_at_first(&self) -> Option<HungUp> {
        let (seq, elapsed_ms) = self.find(|o| match o {
            Observation::Greeting {
                outcome: GreetingOutcome::Closed | GreetingOutcome::Reset,
                elapsed_ms,
                ..
            }
            | Observation::Dropped { step: Step::Greeting, elapsed_ms, .. } => Some(*elapsed_ms),
            _ => None,
        })?;
        Some(HungUp { seq, at_once: elapsed_ms <= AT_ONCE_MS })
    }

    /// The conversation begins in clear.
    pub fn begins_in_clear(&self) -> bool {
        self.endpoint.security != Security::Tls
    }
}
