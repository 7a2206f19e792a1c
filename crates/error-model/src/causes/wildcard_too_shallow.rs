//! 006 wildcard-too-shallow: a wildcard of the certificate ends one label above the host.

use super::rule_api::*;

pub(super) const ID: &str = "wildcard-too-shallow";
pub(super) const TEXTS: Texts = texts!("006/wildcard-too-shallow");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.name_claim(NameRelation::WildcardTooShallow)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_wildcard_covers_one_label_only() {
        imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::WildcardTooShallow)]))
            .expect(Cause::WildcardTooShallow, Proven);
    }

    #[test]
    fn a_certificate_without_a_fitting_wildcard_is_something_else() {
        imaps().saw(Lane::Imap, verdict([other_name()])).expect_not(Cause::WildcardTooShallow);
    }
}
