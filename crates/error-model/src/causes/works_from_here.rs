//! 003 works-from-here: the person saw a fault, and from here every step passes.

use super::rule_api::*;

pub(super) const ID: &str = "works-from-here";
pub(super) const TEXTS: Texts = texts!("003/works-from-here");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let saw_a_fault = view.asked().reported.is_some_and(|code| code != Code::Ok);
    if !saw_a_fault || !view.finished() {
        return None;
    }
    // A fault on the other lane may be the one that the person saw.
    let other = view.other();
    let seen = passed(view)?;
    if let Some(other) = &other {
        passed(other)?;
    }
    let signed_in = |view: &LaneView<'_>| view.accepted_sign_in().is_some();
    let everything = signed_in(view) && other.as_ref().is_none_or(signed_in);
    Some(if everything { Claim::proven(view.reached(), seen) } else { Claim::likely(view.reached(), seen) })
}

/// What shows that a lane came through: what it offers, the sign-in, the mailbox.
fn passed(view: &LaneView<'_>) -> Option<Vec<u32>> {
    if view.failed_step().is_some() {
        return None;
    }
    let seen = view.all(|o| {
        let step = o.step().filter(|_| !matches!(o, Observation::Reading { .. }))?;
        (step >= Step::Capabilities).then_some(())
    });
    (!seen.is_empty()).then(|| seen.into_iter().map(|(seq, ())| seq).collect())
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn offers() -> Observation {
        Observation::Capabilities {
            inside_tls: true,
            tokens: vec![],
            mechanisms: vec!["PLAIN".into()],
            starttls: false,
            login_disabled: false,
        }
    }

    fn signed_in() -> Observation {
        Observation::SignIn {
            mechanism: "PLAIN".into(),
            accepted: true,
            reply: reply(ReplyStatus::Ok, None, "welcome"),
            challenge: "".into(),
        }
    }

    fn imap() -> Builder {
        evidence().imap("mail.example.com", 993, Security::Tls).saw(Lane::Imap, offers())
    }

    #[test]
    fn a_reported_fault_that_doesn_t_come_back_works_from_here() {
        imap()
            .reported(Code::E002)
            .saw(Lane::Imap, signed_in())
            .smtp("mail.example.com", 465, Security::Tls)
            .saw(Lane::Smtp, offers())
            .saw(Lane::Smtp, signed_in())
            .expect(Cause::WorksFromHere, Proven);
    }

    #[test]
    fn without_a_sign_in_it_only_likely_works() {
        imap()
            .reported(Code::E009)
            .saw(Lane::Imap, Observation::SignInSkipped { reason: SignInSkip::NoSecret })
            .expect(Cause::WorksFromHere, Likely);
    }

    #[test]
    fn a_fault_on_the_other_lane_may_be_the_one_that_was_seen() {
        imap()
            .reported(Code::E002)
            .saw(Lane::Imap, signed_in())
            .smtp("mail.example.com", 465, Security::Tls)
            .saw(Lane::Smtp, attempt("192.0.2.1", ConnectOutcome::Refused))
            .expect_not(Cause::WorksFromHere);
    }

    #[test]
    fn nobody_reported_anything_and_everything_passed() {
        imap().saw(Lane::Imap, signed_in()).expect_not(Cause::WorksFromHere);
    }

    #[test]
    fn a_run_that_goes_on_hasn_t_passed() {
        let evidence = imap().reported(Code::E002).saw(Lane::Imap, signed_in()).unfinished();
        assert_eq!(crate::diagnose(&evidence).cause, None);
    }
}
