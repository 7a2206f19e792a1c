//! 001 host-without-address: the name exists, but has neither an A nor an AAAA record.

use super::rule_api::*;

pub(super) const ID: &str = "host-without-address";
pub(super) const TEXTS: Texts = texts!("001/host-without-address");

/// One NODATA shows that the name exists, even beside an NXDOMAIN: name servers that don't know AAAA answer so
/// (RFC 4074 §4.2).
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let lookup = view.failed_lookup()?;
    if lookup.no_data.is_empty() {
        return None;
    }
    let asked = |record| view.dns(DnsSubject::Host).iter().any(|(_, a)| a.record == record);
    let both = asked(DnsRecord::A) && asked(DnsRecord::Aaaa);
    let claim = if !lookup.failed.is_empty() {
        Claim::possible(Step::Resolve, lookup.no_data)
    } else if both && lookup.unknown.is_empty() {
        Claim::proven(Step::Resolve, lookup.no_data)
    } else {
        Claim::likely(Step::Resolve, lookup.no_data.into_iter().chain(lookup.unknown))
    };
    Some(claim.suggest_hosts(view, &view.near_names()))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    #[test]
    fn a_name_with_neither_kind_of_address_has_none() {
        evidence()
            .imap("example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .expect(Cause::HostWithoutAddress, Proven);
    }

    #[test]
    fn the_mail_domain_s_own_server_is_offered_with_its_port() {
        let works = Observation::Alternative {
            host: "sv7.hoster.example".into(),
            port: 143,
            security: Security::StartTls,
            outcome: AlternativeOutcome::Works,
        };
        let diagnosis = evidence()
            .imap("example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .saw(Lane::Imap, works)
            .expect(Cause::HostWithoutAddress, Proven);
        let offered: Vec<_> =
            diagnosis.headline().unwrap().suggestions.iter().map(|s| (s.field, s.value.as_str())).collect();
        assert_eq!(
            offered,
            [
                (Field::ImapHost, "sv7.hoster.example"),
                (Field::ImapPort, "143"),
                (Field::ImapSecurity, "starttls")
            ]
        );
    }

    #[test]
    fn a_name_server_that_denies_the_name_for_aaaa_only_leaves_a_doubt() {
        evidence()
            .imap("example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NxDomain))
            .expect(Cause::HostWithoutAddress, Likely);
    }

    #[test]
    fn an_ipv4_address_alone_is_enough() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .expect_not(Cause::HostWithoutAddress);
    }
}
