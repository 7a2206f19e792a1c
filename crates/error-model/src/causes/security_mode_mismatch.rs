//! 002 security-mode-mismatch: the settings say that the conversation begins in clear, and the port speaks TLS at once.

use super::rule_api::*;

pub(super) const ID: &str = "security-mode-mismatch";
pub(super) const TEXTS: Texts = texts!("002/security-mode-mismatch");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.failed_at(Step::Greeting)?;
    if !view.begins_in_clear() {
        return None;
    }
    let offer = |claim: Claim| claim.suggest(Field::security(view.lane), Security::Tls.as_str(), None);
    let greeting = view.greeting();
    let misheard = greeting.filter(|g| {
        // A server that spoke its own protocol, or another's, isn't waiting for a TLS hello.
        !matches!(g.outcome, GreetingOutcome::Ready | GreetingOutcome::PreAuth | GreetingOutcome::Refused)
            && matches!(g.protocol, None | Some(ForeignProtocol::Tls))
    });
    let seen = misheard
        .map(|g| g.seq)
        .or_else(|| view.silent_at_first())
        .or_else(|| view.hung_up_at_first().map(|h| h.seq))?;
    if let Some(tls) = view.tls_on_this_port() {
        return Some(Claim::proven(Step::Greeting, [seen]).suggest_better(view, Some(tls)));
    }
    if misheard.is_some_and(|g| g.protocol == Some(ForeignProtocol::Tls)) {
        return Some(offer(Claim::proven(Step::Greeting, [seen])));
    }
    // Silence on a port that usually speaks TLS at once, before anybody tried it so.
    let untried = view.no_tls_on_this_port().is_none();
    let usually_tls = Security::of_port(view.endpoint.port) == Security::Tls;
    (untried && usually_tls && view.silent_at_first().is_some())
        .then(|| offer(Claim::likely(Step::Greeting, [seen])))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn silent(port: u16) -> Builder {
        evidence()
            .smtp("mail.example.com", port, Security::StartTls)
            .saw(Lane::Smtp, connected())
            .saw(Lane::Smtp, greeting(GreetingOutcome::Silent, 10_000))
    }

    #[test]
    fn a_port_that_is_silent_in_clear_and_answers_a_tls_hello_wants_tls_at_once() {
        let diagnosis = silent(587)
            .saw(Lane::Smtp, tried(587, Security::Tls, AlternativeOutcome::Works))
            .expect(Cause::SecurityModeMismatch, Proven);
        let finding = diagnosis.headline().unwrap();
        let offered: Vec<_> =
            finding.suggestions.iter().map(|s| (s.field, s.value.as_str(), s.tried)).collect();
        assert_eq!(offered, [(Field::SmtpSecurity, "tls", Some(Tried::Works))]);
        assert_eq!(diagnosis.lanes.smtp.as_ref().unwrap().findings.len(), 1, "silence is explained by it");
    }

    #[test]
    fn a_tls_record_instead_of_a_greeting_says_it_itself() {
        evidence()
            .imap("mail.example.com", 993, Security::StartTls)
            .saw(Lane::Imap, foreign(Some(ForeignProtocol::Tls)))
            .expect(Cause::SecurityModeMismatch, Proven);
    }

    #[test]
    fn silence_on_a_usual_tls_port_makes_it_likely_before_the_try() {
        silent(465).expect(Cause::SecurityModeMismatch, Likely);
    }

    #[test]
    fn a_port_that_answers_no_hello_either_is_just_silent() {
        silent(465)
            .saw(Lane::Smtp, tried(465, Security::Tls, AlternativeOutcome::Unusable))
            .expect_not(Cause::SecurityModeMismatch);
    }

    #[test]
    fn a_port_that_turns_us_away_in_clear_doesn_t_wait_for_tls() {
        evidence()
            .smtp("mail.example.com", 587, Security::StartTls)
            .saw(Lane::Smtp, turned_away(reply(ReplyStatus::Bye, Some(421), "busy")))
            .saw(Lane::Smtp, tried(587, Security::Tls, AlternativeOutcome::Works))
            .expect_not(Cause::SecurityModeMismatch);
    }
}
