//! From a TCP connection to an encrypted one with a verdict: handshake, chain, verdict, in that order of evidence.

use error_model::{
    Step,
    evidence::{Observation, TlsOutcome},
};
use tokio::time::Instant;
use tokio_rustls::{client::TlsStream, rustls::pki_types::CertificateDer};

use crate::{
    aia,
    certificate::{Question, describe, verdict},
    engine::Engine,
    host::Host,
    lane::stands,
    record::Pen,
    resolve::millis,
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
        /// No fault of the certificate holds.
        clean: bool,
    },
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
    let clean = judge(engine, &chain, host, pen).await && stood;
    match stream {
        Some(stream) => {
            let state = if clean { error_model::StepState::Passed } else { error_model::StepState::Failed };
            pen.step(Step::Certificate, state).await;
            Secured::Encrypted { stream, early, clean }
        }
        None => Secured::Failed(Step::Certificate),
    }
}

/// Writes down the chain and its verdict; whether it's clean.
async fn judge(engine: &Engine, chain: &[CertificateDer<'_>], host: &Host, pen: &Pen) -> bool {
    pen.saw(Observation::CertificateChain { certificates: chain.iter().filter_map(describe).collect() })
        .await;
    let ask = |fetched: &[CertificateDer<'_>]| {
        verdict(&Question { chain, host, now: engine.now(), roots: engine.roots(), fetched })
    };
    let mut answer = ask(&[]);
    if aia::could_help(&answer.faults) {
        let fetched = aia::fetch(engine, chain).await;
        if !fetched.is_empty() {
            answer = ask(&fetched);
        }
    }
    let clean = answer.faults.is_empty();
    let host = host.to_string();
    pen.saw(Observation::CertificateVerdict {
        host,
        faults: answer.faults,
        trusted_root: answer.trusted_root,
    })
    .await;
    clean
}
