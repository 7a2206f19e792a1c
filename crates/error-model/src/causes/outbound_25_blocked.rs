//! 002 outbound-25-blocked: port 25 stays silent, and a port that's meant for mail apps answers.

use super::rule_api::*;

pub(super) const ID: &str = "outbound-25-blocked";
pub(super) const TEXTS: Texts = texts!("002/outbound-25-blocked");

/// The submission port nearest to what was typed: it keeps STARTTLS.
const SUBMISSION: u16 = 587;

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let tried = view.unconnected()?;
    if view.lane != Lane::Smtp
        || view.endpoint.port != 25
        || tried.silent.is_empty()
        || !tried.refused.is_empty()
    {
        return None;
    }
    let others = view.alternatives();
    let serves = |outcome: &AlternativeOutcome| {
        use AlternativeOutcome::*;
        matches!(outcome, Works | TlsUnclean | PlaintextOnly)
    };
    let answering: Vec<u32> =
        others.iter().filter(|(_, _, _, outcome)| serves(outcome)).map(|(seq, ..)| *seq).collect();
    if !answering.is_empty() {
        let seen = tried.silent.into_iter().chain(answering);
        let works = view.better_setting().filter(|b| b.tried == Tried::Works);
        let submission = view.better(|port, _| port == SUBMISSION).filter(|b| b.tried == Tried::Works);
        let best = submission.or(works).or_else(|| view.better_setting());
        return Some(Claim::proven(Step::Connect, seen).suggest_better(view, best));
    }
    // Few networks let port 25 out at all, so until other ports were tried this is the first thing to think of.
    let untried = others.iter().all(|(_, _, _, outcome)| **outcome == AlternativeOutcome::NotAllowed);
    untried.then(|| {
        Claim::likely(Step::Connect, tried.silent).suggest(
            Field::port(view.lane),
            SUBMISSION.to_string(),
            None,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn silent(port: u16) -> Builder {
        evidence()
            .smtp("mail.example.com", port, Security::StartTls)
            .saw(Lane::Smtp, attempt("192.0.2.1", ConnectOutcome::TimedOut))
    }

    #[test]
    fn a_silent_port_25_beside_a_submission_port_that_works_is_blocked_and_587_is_offered() {
        let diagnosis = silent(25)
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Works))
            .saw(Lane::Smtp, tried(587, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::Outbound25Blocked, Proven);
        let finding = diagnosis.headline().unwrap();
        assert_eq!((finding.suggestions.len(), finding.suggestions[0].value.as_str()), (1, "587"));
    }

    #[test]
    fn port_465_is_offered_where_only_that_works() {
        let diagnosis = silent(25)
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Works))
            .saw(Lane::Smtp, tried(587, Security::StartTls, AlternativeOutcome::TlsUnclean))
            .expect(Cause::Outbound25Blocked, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "465");
    }

    #[test]
    fn before_other_ports_were_tried_it_s_the_likely_reason_and_stands_before_a_host_that_is_down() {
        silent(25).expect(Cause::Outbound25Blocked, Likely);
    }

    #[test]
    fn another_silent_port_is_filtered_not_a_block_of_port_25() {
        silent(587)
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Works))
            .expect_not(Cause::Outbound25Blocked);
    }

    #[test]
    fn a_host_that_is_silent_on_every_port_isn_t_blocked_on_25() {
        silent(25)
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Silent))
            .saw(Lane::Smtp, tried(587, Security::StartTls, AlternativeOutcome::Silent))
            .expect_not(Cause::Outbound25Blocked);
    }
}
