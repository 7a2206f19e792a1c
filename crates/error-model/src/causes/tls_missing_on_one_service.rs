//! 004 tls-missing-on-one-service: one service shows a good certificate, and the other has none on any port.

use super::rule_api::*;

pub(super) const ID: &str = "tls-missing-on-one-service";
pub(super) const TEXTS: Texts = texts!("004/tls-missing-on-one-service");

/// Only where both services belong together is it one server whose certificate was left out on one side.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (how, seen) = view.no_tls_here()?;
    let sister = view.sister_is_clean()?;
    if view.better_setting().is_some() {
        return None;
    }
    let elsewhere = view.no_tls_elsewhere();
    let certain = match how {
        Missing::Refused | Missing::NoCertificate => true,
        Missing::NotOffered => elsewhere.is_some(),
        // What is wrong with this port is told better by plaintext-on-tls-port.
        Missing::Plaintext | Missing::UnknownPlaintext => false,
    };
    let seen = [seen, sister].into_iter().chain(elsewhere.into_iter().flatten());
    Some(if certain { Claim::proven(Step::Tls, seen) } else { Claim::likely(Step::Tls, seen) })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    /// IMAP is in order; SMTP, at `host`, doesn't offer STARTTLS.
    fn imap_only(host: &str) -> Builder {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, encrypted())
            .saw(Lane::Imap, clean())
            .smtp(host, 587, Security::StartTls)
            .saw(Lane::Smtp, no_starttls())
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Closed))
    }

    #[test]
    fn a_good_certificate_on_one_service_and_none_on_the_other_of_the_same_host() {
        let diagnosis = imap_only("mail.example.com").expect(Cause::TlsMissingOnOneService, Proven);
        assert_eq!(diagnosis.headline().unwrap().observations, [2, 3, 4]);
        let second = &diagnosis.lanes.smtp.as_ref().unwrap().findings[1];
        assert_eq!((second.cause, second.confidence), (Cause::TlsNotOffered, Likely));
    }

    #[test]
    fn two_names_in_the_mail_domain_belong_together() {
        imap_only("smtp.example.com").user("taro@example.com").expect(Cause::TlsMissingOnOneService, Proven);
    }

    #[test]
    fn two_names_of_one_address_belong_together() {
        imap_only("mx.example.net")
            .saw(Lane::Imap, resolved("192.0.2.1"))
            .saw(Lane::Smtp, resolved("192.0.2.1"))
            .expect(Cause::TlsMissingOnOneService, Proven);
    }

    #[test]
    fn starttls_refused_beside_a_good_certificate_leaves_one_service_out() {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, clean())
            .smtp("mail.example.com", 587, Security::StartTls)
            .saw(
                Lane::Smtp,
                starttls_refused(reply(ReplyStatus::Later, Some(454), "4.7.0 TLS not available")),
            )
            .expect(Cause::TlsMissingOnOneService, Proven);
    }

    #[test]
    fn servers_that_have_nothing_to_do_with_each_other_share_no_certificate() {
        imap_only("smtp.example.net").expect_not(Cause::TlsMissingOnOneService);
    }

    #[test]
    fn a_port_with_tls_shows_that_the_service_has_it() {
        imap_only("mail.example.com")
            .saw(Lane::Smtp, tried(2525, Security::StartTls, AlternativeOutcome::Works))
            .expect_not(Cause::TlsMissingOnOneService);
    }
}
