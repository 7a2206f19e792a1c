//! What is counted, and what the log says of runs. Labels come from fixed lists, so that no client can make their number
//! grow; the log has a run's identifier, outcome and duration, and nothing of who asked or what for.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use error_model::{Code, wire::RelayMessage};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabel {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CaseLabel {
    what: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AnswerLabel {
    route: String,
    status: u16,
}

/// All counters of a relay.
#[derive(Debug)]
pub(super) struct Meter {
    registry: Registry,
    runs: Family<OutcomeLabel, Counter>,
    diagnoses: Family<CodeLabel, Counter>,
    running: Gauge,
    seconds: Histogram,
    websockets: Gauge,
    answers: Family<AnswerLabel, Counter<u64, AtomicU64>>,
    cases: Family<CaseLabel, Counter>,
}

impl Meter {
    pub fn new() -> Arc<Self> {
        // From 10 ms to 82 s.
        let seconds = Histogram::new(exponential_buckets(0.01, 2.0, 14));
        let mut meter = Self {
            registry: Registry::with_prefix("mailtriage"),
            runs: Family::default(),
            diagnoses: Family::default(),
            running: Gauge::default(),
            seconds,
            websockets: Gauge::default(),
            answers: Family::default(),
            cases: Family::default(),
        };
        let registry = &mut meter.registry;
        registry.register("runs", "Runs that ended, by how", meter.runs.clone());
        registry.register("diagnoses", "Final diagnoses, by code", meter.diagnoses.clone());
        registry.register("runs_in_flight", "Runs under way", meter.running.clone());
        registry.register_with_unit("run", "Duration of runs", Unit::Seconds, meter.seconds.clone());
        registry.register("websockets", "WebSockets that are open", meter.websockets.clone());
        registry.register("cases", "What happened to cases", meter.cases.clone());
        registry.register("http_answers", "Answers, by route and status", meter.answers.clone());
        Arc::new(meter)
    }

    /// The counters in the text form of Prometheus.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }

    /// Counts an answer; `route` is one of the route table's patterns.
    pub fn answered(&self, route: String, status: u16) {
        self.answers.get_or_create(&AnswerLabel { route, status }).inc();
    }

    /// Counts a request that was refused before it ran.
    pub fn refused(&self) {
        self.ended("refused");
    }

    /// Counts something that happened to a case: one of a few words.
    pub fn case(&self, what: &'static str) {
        self.cases.get_or_create(&CaseLabel { what }).inc();
    }

    /// Counts an open WebSocket for as long as the value lives.
    pub fn websocket(self: &Arc<Self>) -> WebSocketMark {
        self.websockets.inc();
        WebSocketMark(Arc::clone(self))
    }

    /// Counts a run for as long as the value lives; its messages tell the outcome.
    pub fn run(self: &Arc<Self>) -> RunMark {
        self.running.inc();
        let run = RunMark { meter: Arc::clone(self), id: RunId::next(), begun: Instant::now(), code: None };
        tracing::info!(run = %run.id, "run started");
        run
    }

    fn ended(&self, outcome: &'static str) {
        self.runs.get_or_create(&OutcomeLabel { outcome }).inc();
    }
}

/// An open WebSocket.
#[derive(Debug)]
pub(super) struct WebSocketMark(Arc<Meter>);

impl Drop for WebSocketMark {
    fn drop(&mut self) {
        self.0.websockets.dec();
    }
}

/// Tells the runs of a log apart. It means nothing, and can't be guessed from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RunId(u64);

impl RunId {
    fn next() -> Self {
        /// A number for each run, hashed with a key that is random in each process.
        static RUNS: AtomicU64 = AtomicU64::new(0);
        static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        Self(KEY.hash_one(RUNS.fetch_add(1, Ordering::Relaxed)))
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A run under way.
#[derive(Debug)]
pub(super) struct RunMark {
    meter: Arc<Meter>,
    id: RunId,
    begun: Instant,
    code: Option<Code>,
}

impl RunMark {
    /// Looks at a message of the run.
    pub fn saw(&mut self, message: &RelayMessage) {
        if let RelayMessage::Diagnosis(diagnosis) = message
            && diagnosis.is_final
        {
            self.code = Some(diagnosis.code);
        }
    }
}

impl Drop for RunMark {
    fn drop(&mut self) {
        let elapsed = self.begun.elapsed();
        let outcome = match self.code {
            Some(Code::Ok) => "ok",
            Some(_) => "fault",
            None => "cancelled",
        };
        self.meter.running.dec();
        self.meter.seconds.observe(elapsed.as_secs_f64());
        self.meter.ended(outcome);
        let code = self.code.map_or("", Code::as_str);
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(run = %self.id, outcome, code, elapsed_ms, "run ended");
        if let Some(code) = self.code {
            self.meter.diagnoses.get_or_create(&CodeLabel { code: code.as_str() }).inc();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_is_dropped_counts_as_cancelled() {
        let meter = Meter::new();
        let mark = meter.run();
        assert!(meter.text().unwrap().contains("mailtriage_runs_in_flight 1\n"));
        drop(mark);
        let text = meter.text().unwrap();
        assert!(text.contains("mailtriage_runs_in_flight 0\n"), "{text}");
        assert!(text.contains("mailtriage_runs_total{outcome=\"cancelled\"} 1\n"), "{text}");
    }
}
