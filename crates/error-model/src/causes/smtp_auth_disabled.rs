//! auth smtp-auth-disabled: Microsoft 365 says that authenticated SMTP is off.

use super::rule_api::*;
use crate::{Cause, refusal::Reason};

pub(super) const ID: &str = "smtp-auth-disabled";
pub(super) const TEXTS: Texts = texts!("auth/smtp-auth-disabled");

/// The text proves it, whatever the secret is; it names the tenant or the mailbox. What receiving accepts shows that
/// the account itself is in order.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let refused = view.sign_in_refused().filter(|_| view.lane == Lane::Smtp)?;
    let seen = [Some(refused.seq), view.accepted_elsewhere()].into_iter().flatten();
    match refused.reason {
        Reason::SmtpAuthDisabled => Some(Claim::proven(Step::SignIn, seen)),
        // 'Unrecognized authentication type', though the very mechanism was offered.
        Reason::Mechanism if view.asked().token => Some(Claim::possible(Step::SignIn, seen)),
        _ => view.suspected(Cause::SmtpAuthDisabled),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    const OFF: &str = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the \
                       Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";

    #[test]
    fn the_text_is_proof() {
        let diagnosis = both()
            .with_token()
            .saw(Lane::Imap, accepted())
            .saw(Lane::Smtp, refused(smtp_says(OFF)))
            .expect(Cause::SmtpAuthDisabled, Proven);
        assert_eq!(diagnosis.code, Code::Auth);
        assert_eq!(diagnosis.headline().unwrap().observations, [1, 2]);
    }

    #[test]
    fn it_proves_it_for_a_password_too() {
        sending().saw(Lane::Smtp, refused(smtp_says(OFF))).expect(Cause::SmtpAuthDisabled, Proven);
    }

    #[test]
    fn another_refusal_with_the_same_number_has_another_reason() {
        let text = "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.";
        sending().saw(Lane::Smtp, refused(smtp_says(text))).expect_not(Cause::SmtpAuthDisabled);
    }
}
