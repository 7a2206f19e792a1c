//! 007 missing-information: a certificate lacks what it must say: names, usage, constraints, a current version.

use super::rule_api::*;

pub(super) const ID: &str = "missing-information";
pub(super) const TEXTS: Texts = texts!("007/missing-information");

/// A name that stands in the subject only may also be shown as a name that doesn't match.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim =
        view.certificate_claim(|fault| matches!(fault, CertificateFault::MissingInformation { .. }))?;
    let nameless = view.certificate_faults().iter().any(|(_, fault)| {
        matches!(
            fault,
            CertificateFault::MissingInformation { what: MissingInformation::SubjectAlternativeName, .. }
        )
    });
    Some(if nameless { claim.also([Code::E006]) } else { claim })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    fn missing(what: MissingInformation) -> Observation {
        verdict([CertificateFault::MissingInformation { index: 0, what }])
    }

    #[test]
    fn a_certificate_without_server_authentication_lacks_information() {
        let diagnosis = imaps()
            .saw(Lane::Imap, missing(MissingInformation::ServerAuthentication))
            .expect(Cause::MissingInformation, Proven);
        assert!(diagnosis.headline().unwrap().also_shown_as.is_empty());
    }

    #[test]
    fn a_name_in_the_subject_only_may_look_like_a_wrong_name() {
        let diagnosis = imaps()
            .saw(Lane::Imap, missing(MissingInformation::SubjectAlternativeName))
            .expect(Cause::MissingInformation, Proven);
        assert_eq!(diagnosis.headline().unwrap().also_shown_as, [Code::E006]);
    }

    #[test]
    fn a_name_that_is_there_and_differs_isn_t_missing() {
        imaps().saw(Lane::Imap, verdict([other_name()])).expect_not(Cause::MissingInformation);
    }
}
