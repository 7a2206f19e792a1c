//! 001 host-name-misspelled: DNS says that the name doesn't exist, and a name close to it does.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-misspelled";
pub(super) const TEXTS: Texts = texts!("001/host-name-misspelled");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let lookup = view.failed_lookup()?;
    let near = view.near_names();
    // Where one family gave NODATA the name exists, whatever the other answer says.
    if lookup.unknown.is_empty() || !lookup.no_data.is_empty() || near.is_empty() {
        return None;
    }
    let seen = lookup.unknown.iter().copied().chain(near.iter().map(|(seq, _)| *seq));
    let claim = if lookup.failed.is_empty() {
        Claim::proven(Step::Resolve, seen)
    } else {
        Claim::likely(Step::Resolve, seen)
    };
    Some(claim.suggest_hosts(view, &near))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn near(name: &str, distance: u32) -> Observation {
        Observation::NearName { name: name.into(), distance }
    }

    #[test]
    fn an_unknown_name_with_a_neighbour_is_misspelled_and_the_closest_is_offered_first() {
        let diagnosis = evidence()
            .imap("imap.gmial.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NxDomain))
            .saw(Lane::Imap, near("imap.mail.com", 3))
            .saw(Lane::Imap, near("imap.gmail.com", 1))
            .expect(Cause::HostNameMisspelled, Proven);
        let offered = &diagnosis.headline().unwrap().suggestions[0];
        assert_eq!(
            (offered.field, offered.value.as_str(), offered.tried),
            (Field::ImapHost, "imap.gmail.com", None)
        );
    }

    #[test]
    fn a_neighbour_that_works_is_offered_before_a_closer_one_that_doesn_t() {
        let works = Observation::Alternative {
            host: "imap.gmail.com".into(),
            port: 993,
            security: Security::Tls,
            outcome: AlternativeOutcome::Works,
        };
        let diagnosis = evidence()
            .imap("imap.gmial.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .saw(Lane::Imap, near("imap.gmal.com", 1))
            .saw(Lane::Imap, near("imap.gmail.com", 2))
            .saw(Lane::Imap, works)
            .expect(Cause::HostNameMisspelled, Proven);
        let finding = diagnosis.headline().unwrap();
        let offered: Vec<_> = finding.suggestions.iter().map(|s| (s.value.as_str(), s.tried)).collect();
        assert_eq!(offered, [("imap.gmail.com", Some(Tried::Works)), ("imap.gmal.com", None)]);
        assert_eq!(finding.observations, [1, 2, 3, 4]);
    }

    #[test]
    fn a_neighbour_wins_over_a_dead_mail_domain() {
        evidence()
            .imap("imap.gmial.com", 993, Security::Tls)
            .user("taro@gmial.com")
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .saw(Lane::Imap, domain_answer(DnsRecord::Mx, DnsOutcome::NxDomain))
            .saw(Lane::Imap, near("imap.gmail.com", 1))
            .expect(Cause::HostNameMisspelled, Proven);
    }

    #[test]
    fn without_a_neighbour_nobody_calls_it_misspelled() {
        evidence()
            .imap("imap.gmial.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .expect_not(Cause::HostNameMisspelled);
    }

    #[test]
    fn a_name_that_resolves_isn_t_misspelled_even_if_it_has_neighbours() {
        evidence()
            .imap("imap.gmial.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, near("imap.gmail.com", 1))
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
            .expect_not(Cause::HostNameMisspelled);
    }
}
