//! 002 connection-dropped: the connection stood, and then broke off.

use super::rule_api::*;

pub(super) const ID: &str = "connection-dropped";
pub(super) const TEXTS: Texts = texts!("002/connection-dropped");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let claim = match view.failed_step()? {
        Step::Resolve | Step::Connect => return None,
        Step::Greeting => before_a_word(view)?,
        step => midway(view, step)?,
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

/// A server that leaves at once looks like a block (refused-by-policy), unless it serves us on another port.
fn before_a_word(view: &LaneView<'_>) -> Option<Claim> {
    let end = view.hung_up_at_first()?;
    if view.tls_on_this_port().is_some() {
        return None;
    }
    let block = end.at_once && view.better_setting().is_none();
    Some(if block {
        Claim::possible(Step::Greeting, [end.seq])
    } else {
        Claim::likely(Step::Greeting, [end.seq])
    })
}

/// Where the server also gave a reason, the end of the connection only followed from it. In the sign-in the end may be
/// the server's way to refuse.
fn midway(view: &LaneView<'_>, at: Step) -> Option<Claim> {
    let (seq, ()) =
        view.find(|o| matches!(o, Observation::Dropped { step, .. } if *step == at).then_some(()))?;
    if view.otherwise_failed(at) {
        return None;
    }
    Some(if at == Step::SignIn { Claim::likely(at, [seq]) } else { Claim::proven(at, [seq]) })
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn dropped(step: Step) -> Observation {
        Observation::Dropped { step, reset: false, elapsed_ms: 300 }
    }

    fn imap() -> Builder {
        evidence().imap("mail.example.com", 143, Security::StartTls).saw(Lane::Imap, connected())
    }

    #[test]
    fn a_connection_that_breaks_off_after_the_greeting_was_dropped() {
        imap()
            .saw(Lane::Imap, greeting(GreetingOutcome::Ready, 30))
            .saw(Lane::Imap, dropped(Step::Capabilities))
            .expect(Cause::ConnectionDropped, Proven);
    }

    #[test]
    fn a_connection_that_breaks_off_in_the_sign_in_was_likely_dropped() {
        imap().saw(Lane::Imap, dropped(Step::SignIn)).expect(Cause::ConnectionDropped, Likely);
    }

    #[test]
    fn a_server_that_leaves_after_a_while_without_a_word_likely_dropped_us() {
        imap()
            .saw(Lane::Imap, greeting(GreetingOutcome::Reset, 4_000))
            .expect(Cause::ConnectionDropped, Likely);
    }

    #[test]
    fn a_refusal_that_ends_the_connection_is_the_refusal() {
        imap()
            .saw(Lane::Imap, starttls_refused(reply(ReplyStatus::No, None, "no certificate")))
            .saw(Lane::Imap, dropped(Step::Tls))
            .expect_not(Cause::ConnectionDropped);
    }
}
