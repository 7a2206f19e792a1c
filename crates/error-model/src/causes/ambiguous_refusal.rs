//! 009 ambiguous-refusal: the provider has one text for several causes.

use super::rule_api::*;
use crate::{Cause, Confidence, refusal::Reason};

pub(super) const ID: &str = "ambiguous-refusal";
pub(super) const TEXTS: Texts = texts!("009/ambiguous-refusal");

/// Proven is that the reply says too little; the causes that it leaves are claimed beside it, none surer than likely.
/// Where something else narrows them down, they come first.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused()?;
    let Reason::Ambiguous(_) = refused.reason else { return None };
    let narrowed = view.accepted_elsewhere().is_some() || view.worked_before() || token_tells(view);
    Some(if narrowed {
        Claim::possible(Step::SignIn, [refused.seq])
    } else {
        Claim::proven(Step::SignIn, [refused.seq])
    })
}

/// The token itself says why nobody would take it.
fn token_tells(view: &LaneView<'_>) -> bool {
    let short_of_permissions =
        || Cause::ConsentMissing.rule(view).is_some_and(|claim| claim.confidence == Confidence::Proven);
    view.expired_token().or_else(|| view.foreign_token()).is_some() || short_of_permissions()
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    const YANDEX: &str = "NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=aB3";

    fn causes(diagnosis: crate::Diagnosis) -> Vec<(Cause, crate::Confidence)> {
        diagnosis.lanes.imap.unwrap().findings.iter().map(|f| (f.cause, f.confidence)).collect()
    }

    #[test]
    fn a_text_for_several_causes_is_told_as_that_and_the_causes_follow() {
        let causes = causes(
            receiving().saw(Lane::Imap, refused(imap_says(YANDEX))).expect(Cause::AmbiguousRefusal, Proven),
        );
        assert_eq!(
            causes,
            [
                (Cause::AmbiguousRefusal, Proven),
                (Cause::AccessDisabled, Likely),
                (Cause::WrongCredentials, Possible),
                (Cause::AppPasswordRequired, Possible),
            ]
        );
    }

    #[test]
    fn a_provider_s_name_makes_a_bare_refusal_ambiguous() {
        let causes = causes(
            receiving()
                .saw(Lane::Imap, refused(imap_says("NO [AUTHENTICATIONFAILED] Authentication failed")))
                .saw(Lane::Imap, provider("icloud", true, false))
                .expect(Cause::AmbiguousRefusal, Proven),
        );
        assert_eq!(causes[1], (Cause::AppPasswordRequired, Likely));
    }

    #[test]
    fn what_the_other_service_accepts_narrows_it_down() {
        let diagnosis = both()
            .with_token()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, refused(smtp_says("535 5.7.3 Authentication unsuccessful [host]")))
            .expect(Cause::SmtpAuthDisabled, Likely);
        let findings = diagnosis.lanes.smtp.unwrap().findings;
        assert!(findings.iter().any(|f| (f.cause, f.confidence) == (Cause::AmbiguousRefusal, Possible)));
    }

    #[test]
    fn a_bare_refusal_of_an_ordinary_server_means_what_it_says() {
        receiving().saw(Lane::Imap, plainly_refused(Lane::Imap)).expect_not(Cause::AmbiguousRefusal);
    }

    #[test]
    fn people_read_how_to_tell_the_causes_apart_at_each_provider_that_has_such_a_text() {
        let providers = [
            "Exchange Online",
            "Yahoo",
            "AOL",
            "iCloud",
            "Yandex",
            "Zoho",
            "Fastmail",
            "QQ",
            "(#AUTH005)",
            "5.7.3",
        ];
        for lang in crate::Lang::ALL {
            let text = TEXTS.get(lang).section(crate::texts::Section::It);
            let missing: Vec<_> = providers.iter().filter(|name| !text.contains(**name)).collect();
            assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        }
    }
}
