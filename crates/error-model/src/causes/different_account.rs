//! reconnect different-account: the account that signs in isn't the one that was connected before.

use super::rule_api::*;

pub(super) const ID: &str = "different-account";
pub(super) const TEXTS: Texts = texts!("reconnect/different-account");

/// It may hold although every step passes: then the product refuses what the servers accept.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    if !view.worked_before() {
        return None;
    }
    let token = view.foreign_token()?;
    Some(Claim::proven(view.failed_step().unwrap_or_else(|| view.reached()), [token]))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::sign_in::*;

    #[test]
    fn a_token_of_another_account_isn_t_the_same_account() {
        receiving()
            .with_token()
            .worked_before()
            .saw(Lane::Imap, token_of("other@example.com"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect(Cause::DifferentAccount, Proven);
    }

    #[test]
    fn it_holds_where_every_step_passes() {
        receiving()
            .with_token()
            .reported(Code::Reconnect)
            .saw(Lane::Imap, token_of("other@example.com"))
            .saw(Lane::Imap, accepted())
            .saw(Lane::Imap, opened(12))
            .expect(Cause::DifferentAccount, Proven);
    }

    #[test]
    fn the_same_account_in_other_letters_is_the_same() {
        receiving()
            .with_token()
            .reported(Code::Reconnect)
            .saw(Lane::Imap, token_of("USER@example.com"))
            .saw(Lane::Imap, accepted())
            .expect_not(Cause::DifferentAccount);
    }

    #[test]
    fn an_account_that_was_never_connected_has_no_other() {
        receiving()
            .with_token()
            .saw(Lane::Imap, token_of("other@example.com"))
            .saw(Lane::Imap, plainly_refused(Lane::Imap))
            .expect_not(Cause::DifferentAccount);
    }
}
