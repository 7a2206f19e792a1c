//! What holds of every diagnosis, whatever was seen.

mod samples;

use std::collections::BTreeSet;

use error_model::{
    Cause, Confidence, Diagnosis, Evidence, Field, Lane, LaneDiagnosis, LaneState, Observed, Relation, Step,
    Why, diagnose,
    evidence::{Asked, Observation},
};
use proptest::prelude::*;
use samples::{asked, endpoint, observations};

/// Evidence of a run: a few of the samples on either lane, none of a step before some first one (or else hardly a run
/// would get beyond the lookup), in a shuffled order of arrival.
fn evidence() -> impl Strategy<Value = Evidence> {
    let seen = prop::collection::vec((samples::lane(), prop::sample::select(observations())), 0..20);
    let first_step = prop::sample::select(Step::ALL.to_vec());
    (asked(), seen, first_step, any::<bool>())
        .prop_map(|(asked, mut seen, first_step, finished)| {
            seen.retain(|(_, observation)| observation.step().is_none_or(|step| step >= first_step));
            let numbered = (1..).zip(seen).map(|(seq, (lane, observation))| Observed {
                seq,
                at_ms: u64::from(seq) * 10,
                lane,
                observation,
            });
            Evidence { asked, started_at: 1_790_000_000, finished, observations: numbered.collect() }
        })
        .prop_flat_map(|evidence| {
            let observations = Just(evidence.observations.clone()).prop_shuffle();
            observations.prop_map(move |observations| Evidence { observations, ..evidence.clone() })
        })
}

fn lanes(diagnosis: &Diagnosis) -> impl Iterator<Item = &LaneDiagnosis> {
    diagnosis.lanes.imap.iter().chain(&diagnosis.lanes.smtp)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_order_of_arrival_changes_nothing(evidence in evidence()) {
        let mut sorted = evidence.clone();
        sorted.observations.sort_by_key(|o| o.seq);
        prop_assert_eq!(diagnose(&evidence), diagnose(&sorted));
    }

    #[test]
    fn a_finding_cites_what_was_seen_and_a_proven_one_cites_something(evidence in evidence()) {
        let seen: BTreeSet<u32> = evidence.observations.iter().map(|o| o.seq).collect();
        for finding in lanes(&diagnose(&evidence)).flat_map(|lane| &lane.findings) {
            prop_assert!(finding.observations.iter().all(|seq| seen.contains(seq)), "{finding:?}");
            let proven = finding.confidence == Confidence::Proven;
            prop_assert!(!proven || !finding.observations.is_empty(), "{finding:?}");
        }
    }

    #[test]
    fn a_failed_lane_is_always_explained_and_the_headline_is_one_of_the_findings(evidence in evidence()) {
        let diagnosis = diagnose(&evidence);
        for lane in lanes(&diagnosis) {
            let failed = lane.state == LaneState::Failed;
            prop_assert!(!failed || !lane.findings.is_empty(), "{lane:?}");
        }
        prop_assert_eq!(diagnosis.cause, diagnosis.headline().map(|finding| finding.cause));
        let suggestions = lanes(&diagnosis).flat_map(|lane| &lane.findings).flat_map(|f| &f.suggestions);
        let ids: Vec<&str> = suggestions.map(|s| s.id.as_str()).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "identifiers are unique");
    }

    #[test]
    fn nothing_offered_is_what_the_person_typed(evidence in evidence()) {
        let typed = |lane: Lane| {
            let endpoint = evidence.asked.endpoint(lane).cloned().unwrap_or_else(endpoint);
            [
                (Field::host(lane), endpoint.host),
                (Field::port(lane), endpoint.port.to_string()),
                (Field::security(lane), endpoint.security.as_str().to_owned()),
            ]
        };
        let typed: Vec<_> = Lane::ALL.into_iter().flat_map(typed).collect();
        for finding in lanes(&diagnose(&evidence)).flat_map(|lane| &lane.findings) {
            for offered in &finding.suggestions {
                let same = typed.iter().any(|(field, value)| *field == offered.field && *value == offered.value);
                prop_assert!(!same, "{finding:?}");
            }
        }
    }

    #[test]
    fn a_reported_code_is_compared_with_what_was_found_on_observations_that_exist(evidence in evidence()) {
        let diagnosis = diagnose(&evidence);
        let found = diagnosis.cause.filter(|cause| *cause != Cause::WorksFromHere);
        let Some(compared) = &diagnosis.reported else {
            let nothing_yet = !evidence.finished && found.is_none();
            prop_assert!(evidence.asked.reported.is_none() || nothing_yet, "{diagnosis:?}");
            return Ok(());
        };
        prop_assert_eq!(Some(compared.code), evidence.asked.reported);
        prop_assert_eq!(compared.relation == Relation::NothingFound, found.is_none());
        prop_assert_eq!(compared.relation == Relation::Same, found.is_some() && diagnosis.code == compared.code);
        let findings = compared.lane.and_then(|lane| diagnosis.lanes.get(lane)).map(|lane| &lane.findings);
        let named = findings.is_some_and(|all| all.iter().any(|f| Some(f.cause) == compared.cause));
        prop_assert_eq!(named, found.is_some(), "{:?}", compared);

        let seen: BTreeSet<u32> = evidence.observations.iter().map(|o| o.seq).collect();
        for reason in &compared.reasons {
            prop_assert!(reason.observations.iter().all(|seq| seen.contains(seq)), "{reason:?}");
            prop_assert_eq!(reason.lane.is_some(), reason.why == Why::LaneNotTested);
            prop_assert_eq!(reason.ttl_s.is_some(), reason.why == Why::DnsTtl);
            let dated = matches!(reason.why, Why::DnsTtl | Why::RenewedCertificate);
            prop_assert_eq!(reason.at.is_some(), dated);
        }
        let distinct: BTreeSet<Why> = compared.reasons.iter().map(|reason| reason.why).collect();
        prop_assert_eq!(distinct.len(), compared.reasons.len(), "no reason is given twice");
    }

    #[test]
    fn evidence_survives_its_json_form(evidence in evidence()) {
        let json = serde_json::to_string(&evidence).expect("evidence is serialisable");
        prop_assert_eq!(serde_json::from_str::<Evidence>(&json).expect("and reads back"), evidence);
    }
}

#[test]
fn every_kind_of_observation_is_among_the_samples() {
    // serde names every kind it knows when it meets one that it doesn't.
    let complaint =
        serde_json::from_str::<Observation>(r#"{"kind":"?"}"#).expect_err("no such kind").to_string();
    let kinds: Vec<&str> = complaint.split('`').skip(3).step_by(2).collect();
    assert!(kinds.contains(&"host-invalid") && kinds.len() > 20, "{complaint}");
    let tag = |o: &Observation| serde_json::to_value(o).expect("serialisable")["kind"].clone();
    let sampled: Vec<_> = observations().iter().map(tag).collect();
    for kind in kinds {
        assert!(sampled.iter().any(|tag| tag == kind), "no sample of {kind}");
    }
}

#[test]
fn a_question_without_an_answer_has_no_fault() {
    let evidence = Evidence { asked: Asked::default(), started_at: 0, finished: true, observations: vec![] };
    assert_eq!(diagnose(&evidence).cause, None);
}
