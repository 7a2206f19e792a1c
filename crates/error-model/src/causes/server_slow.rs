//! 002 server-slow: a good greeting that comes later than the product waits.

use super::rule_api::*;
use crate::view::PRODUCT_GREETING_LIMIT_MS;

pub(super) const ID: &str = "server-slow";
pub(super) const TEXTS: Texts = texts!("002/server-slow");

/// Never more than likely: the delay is measured, but the product's limit is an estimate.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let greeting = view.greeting()?;
    let late = greeting.outcome == GreetingOutcome::Ready && greeting.elapsed_ms > PRODUCT_GREETING_LIMIT_MS;
    late.then(|| Claim::likely(Step::Greeting, [greeting.seq]).suggest_better(view, view.better_setting()))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;

    fn greets_after(elapsed_ms: u64) -> Builder {
        evidence()
            .imap("mail.example.com", 993, Security::Tls)
            .saw(Lane::Imap, connected())
            .saw(Lane::Imap, encrypted())
            .saw(Lane::Imap, clean())
            .saw(Lane::Imap, greeting(GreetingOutcome::Ready, elapsed_ms))
    }

    #[test]
    fn a_greeting_after_the_products_limit_is_too_slow_though_all_else_passed() {
        let diagnosis = greets_after(PRODUCT_GREETING_LIMIT_MS + 1).expect(Cause::ServerSlow, Likely);
        assert_eq!(diagnosis.lanes.imap.unwrap().step, Step::Greeting);
    }

    #[test]
    fn a_port_that_greets_in_time_is_offered() {
        let diagnosis = greets_after(PRODUCT_GREETING_LIMIT_MS + 1)
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::ServerSlow, Likely);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "143");
    }

    #[test]
    fn a_greeting_just_in_time_is_in_time() {
        greets_after(PRODUCT_GREETING_LIMIT_MS).expect_not(Cause::ServerSlow);
    }
}
