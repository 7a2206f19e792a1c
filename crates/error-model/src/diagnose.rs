//! From evidence to a diagnosis: total, pure, deterministic.
//!
//! Each rule looks at one lane and may claim its cause. A lane's findings are the claims at the first step that failed,
//! the most telling first; the headline is the lane that failed earliest (a tie goes to IMAP).

use std::cmp::Reverse;

use crate::{
    Cause, Code, Diagnosis, Finding, Lane, LaneDiagnosis, LaneState, Step, Suggestion,
    compare::compare,
    diagnosis::Lanes,
    evidence::Evidence,
    view::{Claim, LaneView},
};

/// What the evidence means. Never fails; the same evidence in any order gives the same diagnosis.
#[must_use]
pub fn diagnose(evidence: &Evidence) -> Diagnosis {
    let mut ids = 0;
    let mut lane = |lane| LaneView::new(evidence, lane).map(|view| diagnose_lane(&view, &mut ids));
    let lanes = Lanes { imap: lane(Lane::Imap), smtp: lane(Lane::Smtp) };
    let headline = Lane::ALL
        .into_iter()
        .filter_map(|lane| lanes.get(lane).filter(|d| !d.findings.is_empty()).map(|d| (lane, d)))
        // How far a lane came that didn't fail says nothing about its findings.
        .min_by_key(|(lane, d)| (d.state != LaneState::Failed, failed_step(d), *lane));
    let (lane, finding) = headline.map_or((None, None), |(lane, d)| (Some(lane), d.findings.first()));
    let diagnosis = Diagnosis {
        code: finding.map_or(Code::Ok, |f| f.code),
        cause: finding.map(|f| f.cause),
        confidence: finding.map(|f| f.confidence),
        lane,
        is_final: evidence.finished,
        lanes,
        reported: None,
    };
    Diagnosis { reported: compare(evidence, &diagnosis), ..diagnosis }
}

fn failed_step(lane: &LaneDiagnosis) -> Option<Step> {
    (lane.state == LaneState::Failed).then_some(lane.step)
}

fn diagnose_lane(view: &LaneView<'_>, ids: &mut u32) -> LaneDiagnosis {
    let failed = view.failed_step();
    let state = match failed {
        Some(_) => LaneState::Failed,
        None if view.finished() => LaneState::Passed,
        None => LaneState::Running,
    };
    let step = failed.unwrap_or_else(|| view.reached());
    let mut claims: Vec<(Cause, Claim)> = Cause::ALL
        .iter()
        .filter_map(|cause| cause.rule(view).map(|claim| (*cause, claim)))
        .filter(|(_, claim)| failed.is_none_or(|failed| told_at(failed, claim)))
        .collect();
    if claims.len() > 1 {
        claims.retain(|(cause, _)| *cause != Cause::Unexplained);
    }
    claims.sort_by_key(|(cause, claim)| rank(*cause, claim, view));
    let findings = claims.into_iter().map(|(cause, claim)| finding(cause, claim, ids)).collect();
    LaneDiagnosis { state, step, signed_in: view.accepted_sign_in().is_some(), findings }
}

/// A lane's findings are those of the step that failed. A handshake that failed for its version may have shown its
/// certificate all the same: that one's faults are told too, as they remain once the version is mended.
fn told_at(failed: Step, claim: &Claim) -> bool {
    claim.step == failed || (failed == Step::Tls && claim.step == Step::Certificate)
}

/// Smaller is told first. What stopped the lane comes before what would have stopped it later. Certificate faults hold together and have their own order; elsewhere the surer claim wins,
/// then the one whose message the person saw, then the one that has something to offer, then the catalogue's order.
fn rank(cause: Cause, claim: &Claim, view: &LaneView<'_>) -> impl Ord + use<> {
    let certificate = if claim.step == Step::Certificate { certificate_rank(cause, view) } else { 0 };
    let as_reported = view.asked().reported == Some(cause.code());
    (
        claim.step,
        certificate,
        claim.confidence,
        Reverse(as_reported),
        Reverse(!claim.suggestions.is_empty()),
        cause,
    )
}

/// The order of catalogue.md: unreadable, self-signed, 007, the rest of 005, 006, the rest of 008. A default certificate
/// is nearly always self-signed too, and says more: it takes that place.
fn certificate_rank(cause: Cause, view: &LaneView<'_>) -> u8 {
    let self_signed = || Cause::SelfSigned.rule(view).is_some();
    match (cause, cause.code()) {
        (Cause::CertificateUnreadable, _) => 0,
        (Cause::DefaultCertificate, _) if self_signed() => 1,
        (Cause::SelfSigned, _) => 2,
        (_, Code::E007) => 3,
        (_, Code::E005) => 4,
        (_, Code::E006) => 5,
        _ => 6,
    }
}

fn finding(cause: Cause, claim: Claim, ids: &mut u32) -> Finding {
    let suggestions = claim
        .suggestions
        .into_iter()
        .map(|draft| {
            *ids += 1;
            Suggestion { id: format!("s{ids}"), field: draft.field, value: draft.value, tried: draft.tried }
        })
        .collect();
    Finding {
        code: cause.code(),
        cause,
        confidence: claim.confidence,
        also_shown_as: claim.also_shown_as,
        observations: claim.observations,
        suggestions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Confidence, testing::evidence};

    #[test]
    fn nothing_asked_and_nothing_seen_is_ok_and_no_panic() {
        let diagnosis = diagnose(&evidence().finish());
        assert_eq!((diagnosis.code, diagnosis.cause, diagnosis.lane), (Code::Ok, None, None));
    }

    #[test]
    fn a_fault_that_nobody_can_explain_is_still_named() {
        use crate::evidence::Observation;
        let evidence = evidence()
            .imap("imap.example.com", 993, crate::Security::Tls)
            .saw(Lane::Imap, Observation::TimedOut { step: Step::SignIn, elapsed_ms: 9 })
            .finish();
        let diagnosis = diagnose(&evidence);
        assert_eq!((diagnosis.code, diagnosis.confidence), (Code::E003, Some(Confidence::Possible)));
    }

    #[test]
    fn an_old_server_with_an_expired_certificate_has_both_faults_and_fails_for_its_version() {
        use crate::{
            evidence::{CertificateFault, Observation, TlsOutcome, TlsVersion},
            testing::{handshake, tls::*},
        };
        let diagnosis = imaps()
            .reported(Code::E005)
            .saw(Lane::Imap, handshake(TlsOutcome::VersionTooOld))
            .saw(Lane::Imap, Observation::LegacyTls { version: TlsVersion::Tls10 })
            .saw(Lane::Imap, verdict([CertificateFault::Expired { index: 0, not_after: 1_780_000_000 }]))
            .expect(Cause::TlsVersionTooOld, Confidence::Proven);
        let lane = diagnosis.lanes.imap.unwrap();
        assert_eq!(lane.step, Step::Tls);
        let causes: Vec<Cause> = lane.findings.iter().map(|f| f.cause).collect();
        assert_eq!(causes, [Cause::TlsVersionTooOld, Cause::Expired]);
    }
}
