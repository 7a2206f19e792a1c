//! 006 wrong-certificate: none of the certificate's names belongs to the host's domain.

use super::rule_api::*;

pub(super) const ID: &str = "wrong-certificate";
pub(super) const TEXTS: Texts = texts!("006/wrong-certificate");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.name_claim(NameRelation::OtherDomain)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn names_of_another_domain_make_it_the_wrong_certificate() {
        imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::OtherDomain)]))
            .expect(Cause::WrongCertificate, Proven);
    }

    #[test]
    fn the_hoster_s_name_is_offered_where_it_leads_to_the_same_server() {
        let diagnosis = imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::OtherDomain)]))
            .saw(Lane::Imap, resolved_name("server7.hosting.example", true))
            .saw(Lane::Imap, resolved_name("www.hosting.example", false))
            .expect(Cause::WrongCertificate, Proven);
        let suggestions = &diagnosis.headline().unwrap().suggestions;
        let offered: Vec<_> = suggestions.iter().map(|s| (s.field, s.value.as_str(), s.tried)).collect();
        assert_eq!(offered, [(Field::ImapHost, "server7.hosting.example", None)]);
    }

    #[test]
    fn another_name_of_the_own_domain_is_something_else() {
        imaps().saw(Lane::Imap, verdict([other_name()])).expect_not(Cause::WrongCertificate);
    }
}
