//! A builder for evidence, for the tests of the rules: `evidence().imap(…).saw(…).finish()`.

mod network;
pub(crate) mod sign_in;
pub(crate) mod tls;

pub(crate) use network::*;

use crate::{
    Cause, Code, Confidence, Diagnosis, Endpoint, Lane, Security, diagnose,
    evidence::{Evidence, Observation, Observed},
};

/// When the runs of the tests began.
pub(crate) const NOW: i64 = 1_790_000_000;

/// Begins a piece of evidence with nothing asked and nothing seen.
pub(crate) fn evidence() -> Builder {
    Builder(Evidence { asked: Default::default(), started_at: NOW, finished: true, observations: vec![] })
}

pub(crate) struct Builder(Evidence);

impl Builder {
    pub fn imap(mut self, host: &str, port: u16, security: Security) -> Self {
        self.0.asked.imap = Some(Endpoint { host: host.into(), port, security });
        self
    }

    pub fn smtp(mut self, host: &str, port: u16, security: Security) -> Self {
        self.0.asked.smtp = Some(Endpoint { host: host.into(), port, security });
        self
    }

    /// Both lanes sign in as `user`; the address is the same.
    pub fn user(mut self, user: &str) -> Self {
        let asked = &mut self.0.asked;
        (asked.email, asked.imap_user, asked.smtp_user) =
            (Some(user.into()), Some(user.into()), Some(user.into()));
        asked.same_credentials = true;
        self
    }

    /// Changes anything else that was asked.
    pub fn asked(mut self, change: impl FnOnce(&mut crate::evidence::Asked)) -> Self {
        change(&mut self.0.asked);
        self
    }

    pub fn reported(mut self, code: Code) -> Self {
        self.0.asked.reported = Some(code);
        self
    }

    /// Adds an observation; the first has `seq` 1.
    pub fn saw(mut self, lane: Lane, observation: Observation) -> Self {
        let seq = self.0.observations.len() as u32 + 1;
        self.0.observations.push(Observed { seq, at_ms: u64::from(seq), lane, observation });
        self
    }

    /// Evidence to which more will come.
    pub fn unfinished(mut self) -> Evidence {
        self.0.finished = false;
        self.0
    }

    pub fn finish(self) -> Evidence {
        self.0
    }

    pub fn diagnose(self) -> Diagnosis {
        diagnose(&self.0)
    }

    /// The headline must be this cause, this sure.
    #[track_caller]
    pub fn expect(self, cause: Cause, confidence: Confidence) -> Diagnosis {
        let diagnosis = self.diagnose();
        assert_eq!(
            (diagnosis.cause, diagnosis.confidence),
            (Some(cause), Some(confidence)),
            "{diagnosis:#?}"
        );
        diagnosis
    }

    /// The cause must not be among the findings of either lane.
    #[track_caller]
    pub fn expect_not(self, cause: Cause) {
        let diagnosis = self.diagnose();
        let found = Lane::ALL
            .iter()
            .filter_map(|lane| diagnosis.lanes.get(*lane))
            .any(|lane| lane.findings.iter().any(|f| f.cause == cause));
        assert!(!found, "{diagnosis:#?}");
    }
}
