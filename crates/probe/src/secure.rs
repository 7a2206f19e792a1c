//! From a TCP connection to an encrypted one with a verdict: handshake, chain, verdict, in that order of evidence.

use error_model::{
    Step, StepState,
    evidence::{Observation, TlsOutcome},
};
use tokio::time::Instant;
use tokio_rustls::{client::TlsStream, rustls::pki_types::CertificateDer};

use crate::{
    aia,
    certificate::{Question, Verdict, describe, verdict},
    engine::Engine,
    host::Host,
    lane::stands,
    record::Pen,
    resolve::millis,
    revocation,
    stream::Tap,
    tls::{Handshake, handshake},
};

/// What became of it.
pub(crate) enum Secured {
    /// No encrypted connection; the step that failed.
    Failed(Step),
    /// Encrypted; nothing has been sent over it yet.
    Encrypted {
        stream: Box<TlsStream<Tap>>,
        /// The first bytes inside TLS, where some had to be read.
        early: Vec<u8>,
        /// The verdict, or what's still to be asked for it.
        trust: Trust,
    },
}

/// What is known of a certificate.
pub(crate) enum Trust {
    /// The verdict has been written down: whether it's clean.
    Decided(bool),
    /// Clean, unless the authority's list of revoked certificates names it.
    Pending(Box<Judged>),
}

/// Runs the steps `tls` and `certificate`.
pub(crate) async fn secure(engine: &Engine, mut tap: Tap, host: &Host, pen: &Pen) -> Secured {
    pen.started(Step::Tls).await;
    tap.reset();
    let begun = Instant::now();
    let Handshake { outcome, chain, stream, early } = handshake(tap, host).await;
    let unusable = matches!(outcome, TlsOutcome::CertificateUnusable { .. });
    let stood = stands(&outcome);
    pen.saw(Observation::TlsHandshake { outcome, elapsed_ms: millis(begun.elapsed()) }).await;
    if !stood && !unusable {
        pen.failed(Step::Tls).await;
        if !chain.is_empty() {
            pen.saw(Observation::CertificateChain {
                certificates: chain.iter().filter_map(describe).collect(),
            })
            .await;
        }
        return Secured::Failed(Step::Tls);
    }
    pen.passed(Step::Tls).await;
    pen.started(Step::Certificate).await;
    let judged = judge(engine, chain, host, pen).await;
    let Some(stream) = stream else {
        judged.decide(engine, pen).await;
        return Secured::Failed(Step::Certificate);
    };
    let trust = if judged.clean() && !judged.lists.is_empty() {
        Trust::Pending(Box::new(judged))
    } else {
        Trust::Decided(decide(engine, judged, pen).await)
    };
    Secured::Encrypted { stream, early, trust }
}

/// Ends the step `certificate`: asks the lists, where there are any, and writes the verdict down; whether it's clean.
pub(crate) async fn decide(engine: &Engine, judged: Judged, pen: &Pen) -> bool {
    let clean = judged.decide(engine, pen).await;
    let state = if clean { StepState::Passed } else { StepState::Failed };
    pen.step(Step::Certificate, state).await;
    clean
}

/// A chain that came without a handshake, from the hello of an old version: chain and verdict as evidence.
pub(crate) async fn judge_bare(engine: &Engine, chain: Vec<CertificateDer<'static>>, host: &Host, pen: &Pen) {
    judge(engine, chain, host, pen).await.decide(engine, pen).await;
}

/// A chain with its verdict, before the authority's list was asked.
pub(crate) struct Judged {
    chain: Vec<CertificateDer<'static>>,
    fetched: Vec<CertificateDer<'static>>,
    host: Host,
    verdict: Verdict,
    lists: Vec<String>,
}

impl Judged {
    fn clean(&self) -> bool {
        self.verdict.faults.is_empty()
    }

    fn question<'a>(&'a self, engine: &'a Engine) -> Question<'a> {
        let Self { chain, fetched, host, .. } = self;
        Question { chain, host, now: engine.now(), roots: engine.roots(), fetched }
    }

    async fn decide(mut self, engine: &Engine, pen: &Pen) -> bool {
        let revoked = revocation::ask(engine, &self.lists, &self.question(engine)).await;
        self.verdict.faults.extend(revoked);
        let clean = self.clean();
        let Verdict { faults, trusted_root } = self.verdict;
        let host = self.host.to_string();
        pen.saw(Observation::CertificateVerdict { host, faults, trusted_root }).await;
        clean
    }
}

/// Writes down the chain and asks everything about it but the lists.
async fn judge(engine: &Engine, chain: Vec<CertificateDer<'static>>, host: &Host, pen: &Pen) -> Judged {
    pen.saw(Observation::CertificateChain { certificates: chain.iter().filter_map(describe).collect() })
        .await;
    let ask = |fetched: &[CertificateDer<'_>]| {
        verdict(&Question { chain: &chain, host, now: engine.now(), roots: engine.roots(), fetched })
    };
    let mut answer = ask(&[]);
    let mut fetched = Vec::new();
    if aia::could_help(&answer.faults) {
        fetched = Box::pin(aia::fetch(engine, &chain)).await;
        if !fetched.is_empty() {
            answer = ask(&fetched);
        }
    }
    let lists = revocation::lists(&chain, &answer.faults);
    Judged { chain, fetched, host: host.clone(), verdict: answer, lists }
}
