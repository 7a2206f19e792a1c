//! Messages of the wire in both directions, and evidence with what it means.

use error_model::{
    Evidence, Lang, diagnose,
    diagnosis::{Confidence, LaneState},
    text::is_control,
    wire::{ClientMessage, RelayMessage},
    words,
};
use probe::{Request, egress::Policy};

pub fn run(input: &[u8]) {
    if let Ok(ClientMessage::Start(start)) = serde_json::from_slice(input) {
        let _judged = Request::new(*start, &Policy::default());
    }
    if let Ok(message) = serde_json::from_slice::<RelayMessage>(input) {
        let json = serde_json::to_string(&message).expect("a message is JSON");
        let again: RelayMessage = serde_json::from_str(&json).expect("what was written can be read");
        assert_eq!(again, message);
    }
    if let Ok(evidence) = serde_json::from_slice::<Evidence>(input) {
        judge(evidence);
    }
}

fn judge(mut evidence: Evidence) {
    for observed in &evidence.observations {
        for lang in [Lang::Ja, Lang::En] {
            let line = words::line(&observed.observation, lang);
            assert!(!line.chars().any(is_control), "{line:?}");
        }
    }
    // Each observation has a number of its own: the relay counts.
    evidence.observations.sort_by_key(|observed| observed.seq);
    evidence.observations.dedup_by_key(|observed| observed.seq);
    let diagnosis = diagnose(&evidence);
    for lane in [&diagnosis.lanes.imap, &diagnosis.lanes.smtp].into_iter().flatten() {
        for finding in &lane.findings {
            assert!(finding.confidence != Confidence::Proven || !finding.observations.is_empty());
        }
        assert!(lane.state != LaneState::Failed || !lane.findings.is_empty(), "failed without a finding");
    }
    evidence.observations.reverse();
    assert_eq!(diagnose(&evidence), diagnosis, "the order of arrival changed the diagnosis");
}
