//! 006 server-name-rejected: the server answers the name with `unrecognized_name`, and answers without one.

use super::rule_api::*;

pub(super) const ID: &str = "server-name-rejected";
pub(super) const TEXTS: Texts = texts!("006/server-name-rejected");

/// unrecognized_name (RFC 6066 §3).
const UNRECOGNIZED_NAME: u8 = 112;

/// The alert alone could come from a server that answers nobody; its answer to a hello without a name excludes that.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let (alert, ()) = view.find(|o| match o {
        Observation::TlsHandshake {
            outcome: TlsOutcome::Alert { number: UNRECOGNIZED_NAME, .. }, ..
        } => Some(()),
        _ => None,
    })?;
    let nameless = view.find(|o| match o {
        Observation::TlsWithoutName { accepted } => Some(*accepted),
        _ => None,
    });
    let claim = match nameless {
        Some((seq, true)) => Claim::proven(Step::Tls, [alert, seq]),
        _ => Claim::likely(Step::Tls, [alert]),
    };
    // The certificate that comes without a name says how the server calls itself.
    let claim =
        view.certificate_names().into_iter().fold(claim, |claim, name| claim.suggest_host(view, name));
    Some(claim.suggest_better(view, view.better_setting()))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn the_name_is_rejected_where_the_server_answers_without_it() {
        imaps()
            .saw(Lane::Imap, alert(112, "unrecognized_name"))
            .saw(Lane::Imap, Observation::TlsWithoutName { accepted: true })
            .expect(Cause::ServerNameRejected, Proven);
    }

    #[test]
    fn the_name_that_the_server_goes_by_is_offered() {
        let diagnosis = imaps()
            .saw(Lane::Imap, alert(112, "unrecognized_name"))
            .saw(Lane::Imap, Observation::TlsWithoutName { accepted: true })
            .saw(Lane::Imap, resolved_name("real.example.com", true))
            .expect(Cause::ServerNameRejected, Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "real.example.com");
    }

    #[test]
    fn the_alert_alone_makes_it_likely() {
        imaps()
            .saw(Lane::Imap, alert(112, "unrecognized_name"))
            .saw(Lane::Imap, Observation::TlsWithoutName { accepted: false })
            .expect(Cause::ServerNameRejected, Likely);
    }

    #[test]
    fn another_alert_says_nothing_about_the_name() {
        imaps()
            .saw(Lane::Imap, alert(49, "access_denied"))
            .saw(Lane::Imap, Observation::TlsWithoutName { accepted: true })
            .expect_not(Cause::ServerNameRejected);
    }
}
