//! 001 mail-domain-dead: the domain of the e-mail address doesn't exist or takes no mail, and the server isn't found.

use super::rule_api::*;

pub(super) const ID: &str = "mail-domain-dead";
pub(super) const TEXTS: Texts = texts!("001/mail-domain-dead");

/// A dead domain is a fault of a lane only where its host can't be found either: a mailbox can be read after its domain
/// stopped taking mail.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let lookup = view.failed_lookup()?;
    let domain = view.dead_mail_domain()?;
    let not_found = [lookup.unknown, lookup.no_data, lookup.failed].concat();
    if not_found.is_empty() {
        return None;
    }
    let seen = domain.seen.into_iter().chain(not_found);
    Some(match (view.host_is_in_mail_domain(), domain.gone) {
        (true, true) => Claim::proven(Step::Resolve, seen),
        (true, false) => Claim::likely(Step::Resolve, seen),
        (false, _) => Claim::possible(Step::Resolve, seen),
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn dead_domain_and_host() -> Builder {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .user("taro@example.com")
            .saw(Lane::Imap, domain_answer(DnsRecord::Mx, DnsOutcome::NxDomain))
    }

    #[test]
    fn a_domain_that_is_gone_explains_more_than_the_host_in_it() {
        dead_domain_and_host()
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NxDomain))
            .expect(Cause::MailDomainDead, Proven);
    }

    #[test]
    fn a_domain_that_is_gone_explains_the_silence_of_its_name_servers() {
        dead_domain_and_host()
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::ServFail))
            .expect(Cause::MailDomainDead, Proven);
    }

    #[test]
    fn a_domain_without_any_record_is_named_beside_the_host() {
        let diagnosis = evidence()
            .imap("example.com", 993, Security::Tls)
            .user("taro@example.com")
            .saw(Lane::Imap, domain_answer(DnsRecord::Mx, DnsOutcome::NoData))
            .saw(Lane::Imap, domain_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, domain_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .expect(Cause::HostWithoutAddress, Proven);
        let second = &diagnosis.lanes.imap.unwrap().findings[1];
        assert_eq!((second.cause, second.confidence), (Cause::MailDomainDead, Likely));
    }

    #[test]
    fn a_domain_that_refuses_mail_is_no_fault_of_a_server_that_answers() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .user("taro@example.com")
            .saw(Lane::Imap, exchanges(&["."]))
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, connected())
            .expect_not(Cause::MailDomainDead);
    }

    #[test]
    fn a_domain_with_a_mail_exchanger_is_alive() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .user("taro@example.com")
            .saw(Lane::Imap, exchanges(&["mx.example.net"]))
            .saw(Lane::Imap, domain_answer(DnsRecord::A, DnsOutcome::NoData))
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .expect_not(Cause::MailDomainDead);
    }
}
