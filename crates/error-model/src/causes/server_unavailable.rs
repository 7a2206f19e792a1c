//! 002 server-unavailable: the server says that it can't take connections just now.

use super::rule_api::*;

pub(super) const ID: &str = "server-unavailable";
pub(super) const TEXTS: Texts = texts!("002/server-unavailable");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    match view.failed_step()? {
        Step::Greeting => {
            let greeting = view.greeting().filter(|g| g.outcome == GreetingOutcome::Refused)?;
            match Refusal::read(greeting.reply?)? {
                Refusal::Unavailable(confidence) => {
                    Some(Claim::of(confidence, Step::Greeting, [greeting.seq]))
                }
                Refusal::Policy(_) => None,
            }
        }
        Step::Tls => goodbye_at_starttls(view),
        _ => None,
    }
}

/// A server that says goodbye to STARTTLS has trouble of its own; 454 says that it's the TLS (tls-not-configured).
fn goodbye_at_starttls(view: &LaneView<'_>) -> Option<Claim> {
    let (seq, reply) = view.find(|o| match o {
        Observation::StartTls { offered: true, reply, .. } => reply.as_ref(),
        _ => None,
    })?;
    let passing = match reply.status {
        ReplyStatus::Bye => true,
        ReplyStatus::Later => reply.code != Some(454),
        _ => false,
    };
    passing.then(|| Claim::likely(Step::Tls, [seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn smtp() -> Builder {
        evidence().smtp("mail.example.com", 587, Security::StartTls).saw(Lane::Smtp, connected())
    }

    #[test]
    fn a_server_that_calls_it_passing_is_unavailable() {
        for (status, code, text) in [
            (ReplyStatus::Bye, Some(421), "4.3.2 All server ports are busy"),
            (ReplyStatus::Later, Some(450), "4.3.2 mail.example.com"),
            (ReplyStatus::Bye, None, "Server shutting down."),
        ] {
            smtp()
                .saw(Lane::Smtp, turned_away(reply(status, code, text)))
                .expect(Cause::ServerUnavailable, Proven);
        }
    }

    #[test]
    fn the_response_code_says_it_without_words() {
        let bye = Reply { response_code: Some("UNAVAILABLE".into()), ..reply(ReplyStatus::Bye, None, "") };
        evidence()
            .imap("mail.example.com", 143, Security::StartTls)
            .saw(Lane::Imap, turned_away(bye))
            .expect(Cause::ServerUnavailable, Proven);
    }

    #[test]
    fn a_goodbye_at_starttls_is_likely_trouble_of_the_server() {
        smtp()
            .saw(Lane::Smtp, starttls_refused(reply(ReplyStatus::Bye, Some(421), "closing")))
            .expect(Cause::ServerUnavailable, Likely);
    }

    #[test]
    fn a_block_is_not_called_passing_for_its_421() {
        smtp()
            .saw(Lane::Smtp, turned_away(reply(ReplyStatus::Bye, Some(421), "4.7.1 blocked, see our policy")))
            .expect_not(Cause::ServerUnavailable);
    }
}
