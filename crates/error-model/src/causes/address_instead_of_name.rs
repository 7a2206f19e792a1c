//! 006 address-instead-of-name: an IP address was typed, and the certificate has names.

use super::rule_api::*;

pub(super) const ID: &str = "address-instead-of-name";
pub(super) const TEXTS: Texts = texts!("006/address-instead-of-name");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.name_claim(NameRelation::AddressTyped)
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn an_address_is_covered_by_no_name() {
        imaps()
            .saw(Lane::Imap, verdict([names(NameRelation::AddressTyped)]))
            .expect(Cause::AddressInsteadOfName, Proven);
    }

    #[test]
    fn the_certificate_s_name_is_offered_instead() {
        let diagnosis = evidence()
            .imap("192.0.2.7", 993, Security::Tls)
            .saw(Lane::Imap, verdict([names(NameRelation::AddressTyped)]))
            .saw(Lane::Imap, resolved_name("mail.example.com", true))
            .expect(Cause::AddressInsteadOfName, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "mail.example.com");
    }

    #[test]
    fn a_host_name_is_no_address() {
        imaps().saw(Lane::Imap, verdict([other_name()])).expect_not(Cause::AddressInsteadOfName);
    }
}
