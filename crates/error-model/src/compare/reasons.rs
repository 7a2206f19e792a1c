//! Why a test from here may end otherwise than the product's: each reason is claimed where something that was seen speaks
//! for it, or where nothing excludes it.

use crate::{
    Cause, Code, Evidence, Finding, Lane,
    comparison::{Reason, Relation, Why},
    evidence::{Certificate, ConnectOutcome, DnsSubject, Observation, SignInSkip},
    view::LaneView,
};

/// A certificate that is valid for no longer than this, in seconds, was probably renewed since the person saw a fault.
const NEW_CERTIFICATE_S: i64 = 30 * 86_400;
/// A greeting that takes this long, in milliseconds, is that of a busy server, if not yet a fault.
const LATE_GREETING_MS: u64 = 3_000;

/// The reasons, the likeliest first; none where the finding accounts for the code.
pub(super) fn reasons(
    evidence: &Evidence,
    code: Code,
    relation: Relation,
    headline: Option<&Finding>,
) -> Vec<Reason> {
    let lanes = Lane::ALL.into_iter().filter_map(|lane| LaneView::new(evidence, lane)).collect();
    let scene = Scene { evidence, lanes, code, headline };
    let candidates = match relation {
        Relation::NothingFound | Relation::Past => scene.passed_here(),
        Relation::Hides | Relation::Instead => scene.failed_otherwise(relation),
        _ => vec![],
    };
    candidates.into_iter().flatten().collect()
}

/// What the reasons are looked for in.
struct Scene<'a> {
    evidence: &'a Evidence,
    lanes: Vec<LaneView<'a>>,
    code: Code,
    headline: Option<&'a Finding>,
}

impl Scene<'_> {
    /// The product met a fault at a step that passes from here.
    fn passed_here(&self) -> Vec<Option<Reason>> {
        let (busy, passing) = match self.passing_fault() {
            Some(passing) if passing.observations.is_empty() => (None, Some(passing)),
            seen => (seen, None),
        };
        let (first, second) = match self.code {
            // A name that isn't found is rather a matter of DNS than of a block.
            Code::E001 => (self.dns_ttl(), self.allow_list()),
            _ => (self.allow_list(), self.dns_ttl()),
        };
        vec![
            self.lane_not_tested(),
            self.sign_in_not_tested(),
            self.address_fails(),
            busy,
            self.location_filter(),
            self.is_about_certificates().then(|| self.renewed_certificate()).flatten(),
            self.other_password(),
            first,
            second,
            passing,
            self.other_settings(),
        ]
    }

    /// The product came further than this test, or was told otherwise at the same step.
    fn failed_otherwise(&self, relation: Relation) -> Vec<Option<Reason>> {
        let cause = self.headline.map(|finding| finding.cause);
        let of_the_headline = |why, causes: &[Cause]| {
            let finding = self.headline.filter(|finding| causes.contains(&finding.cause))?;
            Some(reason(why, finding.observations.clone()))
        };
        let turned_away = [Cause::RefusedByPolicy, Cause::LocationBlocked, Cause::PortFiltered];
        let intermediate = (relation == Relation::Hides)
            .then(|| of_the_headline(Why::IntermediateKnown, &[Cause::ChainIncomplete]));
        let certificate = self.is_about_certificates()
            || cause.is_some_and(|cause| matches!(cause.code(), Code::E005 | Code::E006 | Code::E007));
        vec![
            of_the_headline(Why::TurnedAway, &turned_away),
            intermediate.flatten(),
            self.address_fails(),
            certificate.then(|| self.renewed_certificate()).flatten(),
            of_the_headline(Why::PassingFault, &PASSING),
            self.dns_ttl(),
            self.other_settings(),
        ]
    }

    fn lane_not_tested(&self) -> Option<Reason> {
        let missing = Lane::ALL.into_iter().find(|lane| self.evidence.asked.endpoint(*lane).is_none())?;
        // Only what is received is synchronised.
        let matters = self.code != Code::FirstSync || missing == Lane::Imap;
        matters.then(|| Reason { lane: Some(missing), ..reason(Why::LaneNotTested, vec![]) })
    }

    fn sign_in_not_tested(&self) -> Option<Reason> {
        let skipped = self.seen(|o| matches!(o, Observation::SignInSkipped { reason: SignInSkip::NoSecret }));
        (self.is_about_signing_in() && !skipped.is_empty()).then(|| reason(Why::SignInNotTested, skipped))
    }

    /// An attempt that found no route says more of the place that it came from than of the server.
    fn address_fails(&self) -> Option<Reason> {
        let dead = |outcome: ConnectOutcome| {
            use ConnectOutcome::{Failed, HostUnreachable, Prohibited, Refused, TimedOut};
            matches!(outcome, Refused | TimedOut | HostUnreachable | Prohibited | Failed)
        };
        let mut seen = Vec::new();
        for lane in &self.lanes {
            let attempts = lane.attempts();
            if attempts.iter().any(|(_, outcome)| *outcome == ConnectOutcome::Connected) {
                seen.extend(attempts.iter().filter(|(_, outcome)| dead(*outcome)).map(|(seq, _)| *seq));
            }
        }
        let fits = matches!(self.code, Code::E001 | Code::E002 | Code::E003);
        (fits && !seen.is_empty()).then(|| reason(Why::AddressFails, seen))
    }

    fn location_filter(&self) -> Option<Reason> {
        let filtered = self.lanes.iter().find(|view| view.lane == Lane::Smtp && view.filters_overseas())?;
        let known = filtered.all(|o| matches!(o, Observation::Provider { .. }).then_some(()));
        let seen = known.into_iter().map(|(seq, ())| seq).collect();
        (self.code == Code::E009).then(|| reason(Why::LocationFilter, seen))
    }

    /// The newest of the servers' own certificates, where it's newer than any fault that is still remembered.
    fn renewed_certificate(&self) -> Option<Reason> {
        let began = self.evidence.started_at;
        let is_new = |leaf: &Certificate| {
            leaf.not_before <= began && began.saturating_sub(leaf.not_before) <= NEW_CERTIFICATE_S
        };
        let new = self.lanes.iter().filter_map(|lane| {
            lane.find(|o| match o {
                Observation::CertificateChain { certificates } => {
                    certificates.first().filter(|leaf| is_new(leaf))
                }
                _ => None,
            })
        });
        let (seq, leaf) = new.max_by_key(|(seq, leaf)| (leaf.not_before, std::cmp::Reverse(*seq)))?;
        Some(Reason { at: Some(leaf.not_before), ..reason(Why::RenewedCertificate, vec![seq]) })
    }

    fn other_password(&self) -> Option<Reason> {
        let accepted = self.seen(|o| matches!(o, Observation::SignIn { accepted: true, .. }));
        (self.is_about_signing_in() && !accepted.is_empty()).then(|| reason(Why::OtherPassword, accepted))
    }

    /// Whoever asked just before a change keeps the old answer for its lifetime. If that was the same, the old answer is
    /// gone by the time at which this one would be.
    fn dns_ttl(&self) -> Option<Reason> {
        let answers = self.evidence.observations.iter().filter_map(|o| match &o.observation {
            Observation::DnsAnswer { subject: DnsSubject::Host, ttl_s: Some(ttl_s), addresses, .. }
                if *ttl_s > 0 && !addresses.is_empty() =>
            {
                let after_s = o.at_ms.div_ceil(1_000).saturating_add(u64::from(*ttl_s));
                let at = self.evidence.started_at.saturating_add(i64::try_from(after_s).unwrap_or(i64::MAX));
                Some((at, *ttl_s, o.seq))
            }
            _ => None,
        });
        let (at, ttl_s, seq) = answers.max_by_key(|(at, _, seq)| (*at, std::cmp::Reverse(*seq)))?;
        let stale = Reason { at: Some(at), ttl_s: Some(ttl_s), ..reason(Why::DnsTtl, vec![seq]) };
        self.is_about_a_server().then_some(stale)
    }

    /// Names and certificates are the same for everyone; whether a connection stands, or a sign-in is let in, isn't.
    fn allow_list(&self) -> Option<Reason> {
        let connected = self
            .seen(|o| matches!(o, Observation::ConnectAttempt { outcome: ConnectOutcome::Connected, .. }));
        let may_depend = matches!(self.code, Code::E001 | Code::E002 | Code::E003 | Code::E008 | Code::E009);
        (may_depend && !connected.is_empty()).then(|| reason(Why::AllowList, connected))
    }

    /// What may have passed by itself. A certificate doesn't mend itself, and neither does a revoked authorisation.
    fn passing_fault(&self) -> Option<Reason> {
        let lasts = matches!(
            self.code,
            Code::E004 | Code::E005 | Code::E006 | Code::E007 | Code::Reconnect | Code::Ok
        );
        let signs = self.seen(|o| match o {
            Observation::Greeting { elapsed_ms, .. } => *elapsed_ms >= LATE_GREETING_MS,
            Observation::DnsAnswer { subject: DnsSubject::Host, outcome, .. } => outcome.is_failure(),
            _ => false,
        });
        (!lasts).then(|| reason(Why::PassingFault, signs))
    }

    fn other_settings(&self) -> Option<Reason> {
        Some(reason(Why::OtherSettings, vec![]))
    }

    /// The `seq` of every observation of the lanes that `fits` takes.
    fn seen(&self, fits: impl Fn(&Observation) -> bool) -> Vec<u32> {
        let all = self.lanes.iter().flat_map(LaneView::observed);
        all.filter(|(_, o)| fits(o)).map(|(seq, _)| seq).collect()
    }

    fn is_about_certificates(&self) -> bool {
        matches!(self.code, Code::E004 | Code::E005 | Code::E006 | Code::E007 | Code::E008)
    }

    fn is_about_signing_in(&self) -> bool {
        matches!(self.code, Code::E009 | Code::Auth | Code::FirstSync | Code::Reconnect)
    }

    /// Another server behind the same name may be to blame.
    fn is_about_a_server(&self) -> bool {
        !matches!(self.code, Code::Auth | Code::FirstSync | Code::Reconnect | Code::Ok)
    }
}

/// Faults that may come and go.
const PASSING: [Cause; 9] = [
    Cause::DnsFailure,
    Cause::PortFiltered,
    Cause::ServerSilent,
    Cause::ServerSlow,
    Cause::ServerUnavailable,
    Cause::ConnectionDropped,
    Cause::HostDown,
    Cause::HandshakeFailed,
    Cause::TemporaryRefusal,
];

fn reason(why: Why, mut observations: Vec<u32>) -> Reason {
    observations.sort_unstable();
    Reason { why, observations, lane: None, at: None, ttl_s: None }
}
