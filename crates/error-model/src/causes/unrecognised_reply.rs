//! 003 unrecognised-reply: what the server sent fits no protocol.

use super::rule_api::*;

pub(super) const ID: &str = "unrecognised-reply";
pub(super) const TEXTS: Texts = texts!("003/unrecognised-reply");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let at = view.failed_step()?;
    let seen = view.find(|o| match o {
        Observation::Greeting { outcome: GreetingOutcome::Unrecognised, .. } => {
            (at == Step::Greeting).then_some(())
        }
        Observation::Unrecognised { step, .. } => (*step == at).then_some(()),
        _ => None,
    });
    let claim = match seen {
        // Noise in clear from a port that speaks TLS at once is security-mode-mismatch.
        Some(_) if at == Step::Greeting && view.begins_in_clear() && view.tls_on_this_port().is_some() => {
            return None;
        }
        Some((seq, ())) => Claim::proven(at, [seq]),
        None => smuggled(view)?,
    };
    Some(claim.suggest_better(view, view.better_setting()))
}

/// Bytes in clear between the answer to STARTTLS and the handshake have no place in the protocol. Whether the server or
/// somebody on the way put them there, nobody can tell.
fn smuggled(view: &LaneView<'_>) -> Option<Claim> {
    view.failed_at(Step::Tls)?;
    let (seq, ()) = view.find(|o| {
        matches!(o, Observation::StartTls { offered: true, injected, .. } if *injected > 0).then_some(())
    })?;
    Some(Claim::likely(Step::Tls, [seq]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn imap() -> Builder {
        evidence().imap("mail.example.com", 143, Security::StartTls).saw(Lane::Imap, connected())
    }

    #[test]
    fn a_greeting_of_no_protocol_is_shown_as_it_is() {
        imap()
            .saw(Lane::Imap, greeting(GreetingOutcome::Unrecognised, 30))
            .expect(Cause::UnrecognisedReply, Proven);
    }

    #[test]
    fn noise_at_a_later_step_counts_as_well() {
        imap()
            .saw(Lane::Imap, greeting(GreetingOutcome::Ready, 30))
            .saw(Lane::Imap, Observation::Unrecognised { step: Step::SignIn, raw: "\u{1b}[2J??".into() })
            .expect(Cause::UnrecognisedReply, Proven);
    }

    #[test]
    fn bytes_smuggled_in_before_tls_fit_no_protocol() {
        let answer = Some(reply(ReplyStatus::Ok, None, "begin"));
        imap()
            .saw(Lane::Imap, Observation::StartTls { offered: true, reply: answer, injected: 12 })
            .expect(Cause::UnrecognisedReply, Likely);
    }

    #[test]
    fn a_reply_of_another_protocol_is_recognised() {
        imap().saw(Lane::Imap, foreign(Some(ForeignProtocol::Ssh))).expect_not(Cause::UnrecognisedReply);
    }
}
