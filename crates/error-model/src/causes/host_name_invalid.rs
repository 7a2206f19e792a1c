//! 001 host-name-invalid: what was typed can't be a host name, so nobody was asked for it.

use super::rule_api::*;

pub(super) const ID: &str = "host-name-invalid";
pub(super) const TEXTS: Texts = texts!("001/host-name-invalid");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, corrected) = view.find(|o| match o {
        Observation::HostInvalid { corrected, .. } => Some(corrected),
        _ => None,
    })?;
    let claim = Claim::proven(Step::Resolve, [seq]);
    Some(match corrected {
        Some(host) => claim.suggest_host(view, host),
        None => claim,
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    #[test]
    fn a_pasted_address_of_a_page_is_no_host_name_and_the_name_in_it_is_offered() {
        let diagnosis = evidence()
            .smtp("https://smtp.example.com/", 465, Security::Tls)
            .saw(
                Lane::Smtp,
                Observation::HostInvalid {
                    typed: "https://smtp.example.com/".into(),
                    fault: HostFault::Url,
                    corrected: Some("smtp.example.com".into()),
                },
            )
            .expect(Cause::HostNameInvalid, Proven);
        let offered = &diagnosis.headline().unwrap().suggestions[0];
        assert_eq!((offered.field, offered.value.as_str()), (Field::SmtpHost, "smtp.example.com"));
    }

    #[test]
    fn what_was_meant_is_offered_as_tried_where_a_connection_passed() {
        let works = Observation::Alternative {
            host: "smtp.example.com".into(),
            port: 465,
            security: Security::Tls,
            outcome: AlternativeOutcome::Works,
        };
        let invalid = Observation::HostInvalid {
            typed: "smtp.example.com:465".into(),
            fault: HostFault::Port,
            corrected: Some("smtp.example.com".into()),
        };
        let diagnosis = evidence()
            .smtp("smtp.example.com:465", 465, Security::Tls)
            .saw(Lane::Smtp, invalid)
            .saw(Lane::Smtp, works)
            .expect(Cause::HostNameInvalid, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].tried, Some(Tried::Works));
    }

    #[test]
    fn a_name_that_dns_was_asked_for_was_valid() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, host_answer(DnsRecord::A, DnsOutcome::NxDomain))
            .expect_not(Cause::HostNameInvalid);
    }
}
