//! 006 name-not-covered: the certificate covers other names of the host's domain, not this one.

use super::rule_api::*;

pub(super) const ID: &str = "name-not-covered";
pub(super) const TEXTS: Texts = texts!("006/name-not-covered");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.name_claim(NameRelation::SameDomain)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn another_name_of_the_own_domain_leaves_the_host_uncovered() {
        imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::SameDomain)]))
            .expect(Cause::NameNotCovered, Proven);
    }

    #[test]
    fn a_covered_name_is_offered_on_the_lane_that_needs_it() {
        let diagnosis = both_lanes()
            .saw(Lane::Smtp, verdict([other_name()]))
            .saw(Lane::Smtp, resolved_name("covered.example.com", true))
            .expect(Cause::NameNotCovered, Proven);
        let suggestion = &diagnosis.headline().unwrap().suggestions[0];
        assert_eq!((suggestion.field, suggestion.value.as_str()), (Field::SmtpHost, "covered.example.com"));
    }

    #[test]
    fn a_name_that_a_connection_passed_with_is_offered_as_tried() {
        let tried = |host: &str| Observation::Alternative {
            host: host.into(),
            port: 993,
            security: Security::Tls,
            outcome: AlternativeOutcome::Works,
        };
        for (host, expected) in [("covered.example.com", Some(Tried::Works)), ("other.example.com", None)] {
            let diagnosis = imaps()
                .saw(Lane::Imap, verdict([other_name()]))
                .saw(Lane::Imap, resolved_name("covered.example.com", true))
                .saw(Lane::Imap, tried(host))
                .expect(Cause::NameNotCovered, Proven);
            assert_eq!(diagnosis.headline().unwrap().suggestions[0].tried, expected);
        }
    }

    #[test]
    fn a_wildcard_that_is_too_shallow_is_something_else() {
        imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::WildcardTooShallow)]))
            .expect_not(Cause::NameNotCovered);
    }
}
