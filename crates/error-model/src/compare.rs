//! How the code that the person saw stands to what was found. Total, pure and deterministic, like the diagnosis that it
//! belongs to.

mod reasons;

use std::ops::RangeInclusive;

use crate::{
    Cause, Code, Diagnosis, Evidence, Finding, Lane, Step,
    comparison::{Comparison, Relation},
};

/// The comparison; `None` where no code was reported, or where it's too early to tell.
pub(crate) fn compare(evidence: &Evidence, diagnosis: &Diagnosis) -> Option<Comparison> {
    let code = evidence.asked.reported.filter(|code| *code != Code::Ok)?;
    let found = diagnosis.lane.zip(diagnosis.headline()).filter(|(_, f)| f.cause != Cause::WorksFromHere);
    let (relation, account) = match found {
        Some((lane, headline)) => relate(code, lane, headline, diagnosis),
        // What goes on hasn't passed yet.
        None if !evidence.finished => return None,
        None => (Relation::NothingFound, None),
    };
    let headline = found.map(|(_, finding)| finding);
    Some(Comparison {
        code,
        relation,
        lane: account.map(|(lane, _)| lane),
        cause: account.map(|(_, finding)| finding.cause),
        reasons: reasons::reasons(evidence, code, relation, headline),
    })
}

type Account<'a> = (Lane, &'a Finding);

/// A finding of that code accounts for it best; without one it depends on how far the connection came.
fn relate<'a>(
    code: Code,
    lane: Lane,
    headline: &'a Finding,
    diagnosis: &'a Diagnosis,
) -> (Relation, Option<Account<'a>>) {
    let shown_as = |finding: &Finding| finding.code == code || finding.also_shown_as.contains(&code);
    let on = |lane: Lane| {
        let findings = diagnosis.lanes.get(lane).into_iter().flat_map(|lane| &lane.findings);
        findings.filter(|finding| finding.cause != Cause::WorksFromHere).find(|finding| shown_as(finding))
    };
    if headline.code == code {
        return (Relation::Same, Some((lane, headline)));
    }
    if shown_as(headline) {
        return (Relation::AlsoShownAs, Some((lane, headline)));
    }
    if let Some(finding) = on(lane) {
        return (Relation::Further, Some((lane, finding)));
    }
    if let Some(finding) = on(lane.other()) {
        return (Relation::OtherLane, Some((lane.other(), finding)));
    }
    let failed = diagnosis.lanes.get(lane).map_or(Step::Resolve, |lane| lane.step);
    (by_step(code, failed), Some((lane, headline)))
}

/// The relation of a code to a fault of another code at the step that failed.
fn by_step(code: Code, failed: Step) -> Relation {
    let Some(arises) = arises(code) else { return Relation::Behind };
    if failed < *arises.start() {
        // A mailbox that can't be reached is never synchronised to the end.
        return if code == Code::FirstSync { Relation::Behind } else { Relation::Hides };
    }
    if failed > *arises.end() {
        return Relation::Past;
    }
    // All of these say that a sign-in failed; the cause says which way.
    if failed >= Step::Capabilities { Relation::Behind } else { Relation::Instead }
}

/// The steps at which the faults of a code arise; `None` for the code that names no fault.
fn arises(code: Code) -> Option<RangeInclusive<Step>> {
    Some(match code {
        Code::E001 => Step::Resolve..=Step::Connect,
        Code::E002 => Step::Connect..=Step::Greeting,
        Code::E003 | Code::Ok => return None,
        Code::E004 => Step::Tls..=Step::Tls,
        Code::E005 | Code::E006 | Code::E007 => Step::Certificate..=Step::Certificate,
        Code::E008 => Step::Tls..=Step::Certificate,
        Code::E009 => Step::Capabilities..=Step::SignIn,
        Code::Auth | Code::FirstSync => Step::SignIn..=Step::Mailbox,
        Code::Reconnect => Step::SignIn..=Step::SignIn,
    })
}

#[cfg(test)]
mod tests;
