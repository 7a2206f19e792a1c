//! Which strings stand for which state.

use error_model::{
    Str,
    strings::run as words,
    wire::{Problem, ProblemCode},
};

use crate::run::Trouble;

/// Title and text of a run that ended without a result.
#[must_use]
pub const fn trouble_words(trouble: &Trouble) -> (Str, Str) {
    match trouble {
        Trouble::Problem(Problem { code, .. }) => match code {
            ProblemCode::RateLimited => (words::PROBLEM_RATE, words::PROBLEM_RATE_TEXT),
            ProblemCode::Overloaded => (words::PROBLEM_OVERLOADED, words::PROBLEM_OVERLOADED_TEXT),
            ProblemCode::BadRequest => (words::PROBLEM_BAD, words::PROBLEM_BAD_TEXT),
            ProblemCode::TargetNotAllowed => (words::PROBLEM_TARGET, words::PROBLEM_TARGET_TEXT),
            ProblemCode::Timeout => (words::PROBLEM_TIMEOUT, words::PROBLEM_TIMEOUT_TEXT),
            ProblemCode::Internal => (words::PROBLEM_INTERNAL, words::PROBLEM_INTERNAL_TEXT),
        },
        Trouble::Unreachable => (words::PROBLEM_UNREACHABLE, words::PROBLEM_UNREACHABLE_TEXT),
        Trouble::Lost => (words::PROBLEM_LOST, words::PROBLEM_LOST_TEXT),
    }
}

/// What stands below an input that the relay refused.
#[must_use]
pub const fn refusal(code: ProblemCode) -> Str {
    match code {
        ProblemCode::TargetNotAllowed => words::PROBLEM_TARGET,
        _ => words::PROBLEM_BAD,
    }
}
