//! Which words stand for which trouble. They're among the sentences of the page's HTML: see [`crate::remarks`].

use error_model::{
    Str,
    strings::run as words,
    wire::{Problem, ProblemCode},
};

use crate::run::Trouble;

/// What is said while the browser solves what the relay asks for before a sign-in, by its name among the sentences.
pub const PROVING: &str = "proving";

/// Between the title and the text of a trouble, in its sentence.
pub const GAP: char = '\t';

/// The name of a trouble among the sentences.
#[must_use]
pub const fn trouble_name(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Problem(Problem { code, .. }) => match code {
            ProblemCode::RateLimited => "rate-limited",
            ProblemCode::Overloaded => "overloaded",
            ProblemCode::BadRequest => "bad-request",
            ProblemCode::TargetNotAllowed => "target-not-allowed",
            ProblemCode::Timeout => "timeout",
            ProblemCode::Internal => "internal",
        },
        Trouble::Unreachable => "unreachable",
        Trouble::Unproven => "unproven",
        Trouble::Lost => "lost",
    }
}

/// Name, title and text of every trouble.
pub const TROUBLES: [(&str, Str, Str); 9] = [
    ("rate-limited", words::PROBLEM_RATE, words::PROBLEM_RATE_TEXT),
    ("overloaded", words::PROBLEM_OVERLOADED, words::PROBLEM_OVERLOADED_TEXT),
    ("bad-request", words::PROBLEM_BAD, words::PROBLEM_BAD_TEXT),
    ("target-not-allowed", words::PROBLEM_TARGET, words::PROBLEM_TARGET_TEXT),
    ("timeout", words::PROBLEM_TIMEOUT, words::PROBLEM_TIMEOUT_TEXT),
    ("internal", words::PROBLEM_INTERNAL, words::PROBLEM_INTERNAL_TEXT),
    ("unreachable", words::PROBLEM_UNREACHABLE, words::PROBLEM_UNREACHABLE_TEXT),
    ("unproven", words::PROBLEM_PROOF, words::PROBLEM_PROOF_TEXT),
    ("lost", words::PROBLEM_LOST, words::PROBLEM_LOST_TEXT),
];

/// What stands below an input that the relay refused.
#[must_use]
pub const fn refusal(code: ProblemCode) -> Str {
    match code {
        ProblemCode::TargetNotAllowed => words::PROBLEM_TARGET,
        _ => words::PROBLEM_BAD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_has_words() {
        use ProblemCode::{BadRequest, Internal, Overloaded, RateLimited, TargetNotAllowed, Timeout};
        let problem = |code| {
            Trouble::Problem(Problem { code, message: String::new(), field: None, retry_after_s: None })
        };
        let codes = [BadRequest, RateLimited, TargetNotAllowed, Overloaded, Timeout, Internal];
        let all =
            codes.map(problem).into_iter().chain([Trouble::Unreachable, Trouble::Unproven, Trouble::Lost]);
        let mut named: Vec<_> = all.map(|trouble| trouble_name(&trouble)).collect();
        named.sort_unstable();
        let mut worded = TROUBLES.map(|(name, ..)| name);
        worded.sort_unstable();
        assert_eq!(named, worded);
    }
}
