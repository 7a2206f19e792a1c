//! 003 unexplained: a step failed, and no other rule says why.

use super::rule_api::*;

pub(super) const ID: &str = "unexplained";
pub(super) const TEXTS: Texts = texts!("003/unexplained");

/// Holds wherever a step failed; it's never more than possible, so that every other claim stands before it.
/// The diagnosis drops it where another finding is left.
pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    let step = view.failed_step()?;
    let last = view.observed().filter(|(_, o)| o.step() == Some(step)).map(|(seq, _)| seq).last();
    Some(Claim::possible(step, last))
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;
    use crate::{Confidence, testing::evidence};

    #[test]
    fn a_time_out_in_the_sign_in_is_left_unexplained() {
        evidence()
            .imap("imap.example.com", 993, Security::Tls)
            .saw(Lane::Imap, Observation::TimedOut { step: Step::SignIn, elapsed_ms: 20_000 })
            .expect(Cause::Unexplained, Confidence::Possible);
    }
}
