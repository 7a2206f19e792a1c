//! 001 dns-failure: the name servers gave an error or no answer, so nobody knows whether the name exists.

use super::rule_api::*;

pub(super) const ID: &str = "dns-failure";
pub(super) const TEXTS: Texts = texts!("001/dns-failure");

/// Half a failure counts by what the other half says: after NODATA the address may lie in the answer that is missing;
/// after NXDOMAIN (which speaks of every record type, RFC 8020) there's hardly one.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let lookup = view.failed_lookup()?;
    if lookup.failed.is_empty() {
        return None;
    }
    Some(match (lookup.unknown.is_empty(), lookup.no_data.is_empty()) {
        (true, true) => Claim::proven(Step::Resolve, lookup.failed),
        (true, false) => Claim::likely(Step::Resolve, lookup.failed),
        (false, _) => Claim::possible(Step::Resolve, lookup.failed),
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn answers(a: DnsOutcome, aaaa: DnsOutcome) -> Builder {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, a))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, aaaa))
    }

    #[test]
    fn errors_to_every_question_are_a_failure_of_dns() {
        answers(DnsOutcome::ServFail, DnsOutcome::TimedOut).expect(Cause::DnsFailure, Proven);
        answers(DnsOutcome::Refused, DnsOutcome::Refused).expect(Cause::DnsFailure, Proven);
    }

    #[test]
    fn a_lookup_that_never_ended_is_a_failure_of_dns() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, Observation::TimedOut { step: Step::Resolve, elapsed_ms: 5_000 })
            .expect(Cause::DnsFailure, Proven);
    }

    #[test]
    fn the_address_may_lie_in_the_answer_that_failed() {
        answers(DnsOutcome::NoData, DnsOutcome::ServFail).expect(Cause::DnsFailure, Likely);
    }

    #[test]
    fn one_address_makes_the_failed_question_unimportant() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::ServFail))
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
            .expect_not(Cause::DnsFailure);
    }
}
