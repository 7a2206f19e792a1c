//! 004 tls-not-offered: the port doesn't offer STARTTLS, and no other port speaks TLS either.

use super::rule_api::*;

pub(super) const ID: &str = "tls-not-offered";
pub(super) const TEXTS: Texts = texts!("004/tls-not-offered");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (_, seen) = view.no_tls_here().filter(|(how, _)| *how == Missing::NotOffered)?;
    if view.better_setting().is_some() {
        return None;
    }
    let Some(elsewhere) = view.no_tls_elsewhere() else {
        return Some(Claim::likely(Step::Tls, [seen]));
    };
    let seen = elsewhere.into_iter().chain([seen]);
    // A good certificate on the other service says more: tls-missing-on-one-service.
    Some(if view.sister_is_clean().is_some() {
        Claim::likely(Step::Tls, seen)
    } else {
        Claim::proven(Step::Tls, seen)
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn in_clear() -> Builder {
        evidence()
            .imap("mail.example.com", 143, Security::StartTls)
            .saw(Lane::Imap, greeting(GreetingOutcome::Ready, 30))
            .saw(Lane::Imap, no_starttls())
    }

    #[test]
    fn no_starttls_here_and_no_tls_elsewhere_is_no_tls_at_all() {
        in_clear()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Closed))
            .expect(Cause::TlsNotOffered, Proven);
    }

    #[test]
    fn before_other_ports_were_tried_it_s_likely() {
        in_clear().expect(Cause::TlsNotOffered, Likely);
    }

    #[test]
    fn a_port_that_answers_but_goes_no_further_leaves_a_doubt() {
        in_clear()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Unusable))
            .expect(Cause::TlsNotOffered, Likely);
    }

    #[test]
    fn a_form_that_says_no_encryption_meets_a_server_that_has_none() {
        evidence()
            .imap("mail.example.com", 143, Security::Plain)
            .saw(Lane::Imap, no_starttls())
            .saw(Lane::Imap, Observation::SignInSkipped { reason: SignInSkip::NotEncrypted })
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Closed))
            .expect(Cause::TlsNotOffered, Proven);
    }

    #[test]
    fn a_port_that_works_over_tls_offers_it() {
        in_clear()
            .saw(Lane::Imap, tried(993, Security::Tls, AlternativeOutcome::Works))
            .expect_not(Cause::TlsNotOffered);
    }
}
