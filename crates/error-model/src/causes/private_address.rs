//! 001 private-address: an address of the name can't be reached from the Internet; the relay dials none of them then.

use super::rule_api::*;

pub(super) const ID: &str = "private-address";
pub(super) const TEXTS: Texts = texts!("001/private-address");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.failed_at(Step::Resolve)?;
    let denied = view.denied_addresses();
    if denied.is_empty() {
        return None;
    }
    let addresses: usize = view.dns(DnsSubject::Host).iter().map(|(_, answer)| answer.addresses.len()).sum();
    let all = denied.len() >= addresses;
    let seen = denied.into_iter().map(|(seq, _)| seq);
    let claim = if all { Claim::proven(Step::Resolve, seen) } else { Claim::likely(Step::Resolve, seen) };
    Some(claim.suggest_hosts(view, &[]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn denied(address: &str) -> Observation {
        Observation::AddressDenied {
            address: address.parse().unwrap(),
            class: DeniedClass::Private,
            range: "Private-Use (RFC 1918)".into(),
        }
    }

    #[test]
    fn a_name_with_company_addresses_only_can_t_be_reached_from_outside() {
        let diagnosis = evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.168.0.10"))
            .saw(Lane::Imap, host_answer(DnsRecord::Aaaa, DnsOutcome::NoData))
            .saw(Lane::Imap, denied("192.168.0.10"))
            .expect(Cause::PrivateAddress, Proven);
        assert_eq!(diagnosis.lanes.imap.unwrap().findings.len(), 1, "it has an address");
    }

    #[test]
    fn a_typed_company_address_needs_no_dns_to_be_seen() {
        evidence()
            .imap("10.0.0.1", 993, Security::Tls)
            .saw(Lane::Imap, denied("10.0.0.1"))
            .expect(Cause::PrivateAddress, Proven);
    }

    #[test]
    fn a_company_address_beside_a_public_one_that_was_left_alone_is_likely_the_fault() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, resolved("fc00::1"))
            .saw(Lane::Imap, denied("fc00::1"))
            .expect(Cause::PrivateAddress, Likely);
    }

    #[test]
    fn a_company_address_beside_a_public_one_is_no_fault() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Imap, resolved("fc00::1"))
            .saw(Lane::Imap, denied("fc00::1"))
            .saw(Lane::Imap, connected())
            .expect_not(Cause::PrivateAddress);
    }
}
