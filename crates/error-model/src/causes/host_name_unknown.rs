//! 001 host-name-unknown: DNS says that the name doesn't exist, and no name close to it does.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-unknown";
pub(super) const TEXTS: Texts = texts!("001/host-name-unknown");

/// NXDOMAIN speaks of every record type (RFC 8020), so one such answer counts even where the other question failed.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let lookup = view.failed_lookup()?;
    if lookup.unknown.is_empty() || !lookup.no_data.is_empty() || !view.near_names().is_empty() {
        return None;
    }
    // A name in a domain that is gone is gone with it: mail-domain-dead says more then.
    let gone_with_its_domain =
        view.host_is_in_mail_domain() && view.dead_mail_domain().is_some_and(|domain| domain.gone);
    // Before the end of the run the search for a near name may still find one.
    let certain = view.finished() && lookup.failed.is_empty() && !gone_with_its_domain;
    let claim = if certain {
        Claim::proven(Step::Resolve, lookup.unknown)
    } else {
        Claim::likely(Step::Resolve, lookup.unknown)
    };
    Some(claim.suggest_hosts(view, &[]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    #[test]
    fn a_name_that_doesn_t_exist_is_unknown_once_no_neighbour_was_found() {
        let both = || {
            evidence()
                .smtp("smtp.example.com", 465, Security::Tls)
                .saw(Lane::Smtp, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
                .saw(Lane::Smtp, host_answer(DnsRecord::Aaaa, DnsOutcome::NxDomain))
        };
        both().expect(Cause::HostNameUnknown, Proven);
        let running = crate::diagnose(&both().unfinished());
        assert_eq!((running.cause, running.confidence), (Some(Cause::HostNameUnknown), Some(Likely)));
    }

    #[test]
    fn one_failed_question_leaves_a_doubt() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::ServFail))
            .expect(Cause::HostNameUnknown, Likely);
    }

    #[test]
    fn a_name_without_an_address_exists() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NxDomain))
            .expect_not(Cause::HostNameUnknown);
    }
}
