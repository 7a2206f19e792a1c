//! When there's no diagnosis because the test itself didn't work: whose fault it is, and what to do.

use error_model::{
    Field, Lane, Str,
    strings::run as words,
    text::escape,
    wire::{Problem, ProblemCode},
};

use super::{Phase, Run};

/// Why the run didn't come to its end, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub text: &'static str,
    /// When another try makes sense, where that's known and still to come.
    pub wait: Option<String>,
    /// The form's field that it speaks of, by its wire name; passwords have the names `password` and `smtp_password`.
    pub field: Option<&'static str>,
    /// The relay's own sentence, in English, escaped.
    pub detail: Option<String>,
}

impl Run {
    /// Why the run didn't come to its end; `None` where it did, is under way, or was stopped by the person.
    #[must_use]
    pub fn trouble(&self, now_ms: u64) -> Option<Trouble> {
        let problem = self.problem.as_ref().filter(|_| self.phase == Phase::Refused);
        let (title, text) = match (self.phase, problem) {
            (Phase::Lost, _) => (words::PROBLEM_LOST, words::PROBLEM_LOST_TEXT),
            (Phase::Unreachable, _) => (words::PROBLEM_UNREACHABLE, words::PROBLEM_UNREACHABLE_TEXT),
            (_, Some(problem)) => sentences(problem.code),
            _ => return None,
        };
        let left_ms = self.retry_at_ms.map_or(0, |at| at.saturating_sub(now_ms));
        let seconds = left_ms.div_ceil(1_000).to_string();
        let lang = self.lang;
        Some(Trouble {
            title: title.get(lang),
            text: text.get(lang),
            wait: (left_ms > 0).then(|| words::PROBLEM_WAIT.fill(lang, &[("n", &seconds)])),
            field: problem.and_then(field),
            detail: problem.map(|p| escape(&p.message)).filter(|message| !message.is_empty()),
        })
    }
}

const fn sentences(code: ProblemCode) -> (Str, Str) {
    match code {
        ProblemCode::BadRequest => (words::PROBLEM_BAD, words::PROBLEM_BAD_TEXT),
        ProblemCode::RateLimited => (words::PROBLEM_RATE, words::PROBLEM_RATE_TEXT),
        ProblemCode::TargetNotAllowed => (words::PROBLEM_TARGET, words::PROBLEM_TARGET_TEXT),
        ProblemCode::Overloaded => (words::PROBLEM_OVERLOADED, words::PROBLEM_OVERLOADED_TEXT),
        ProblemCode::Timeout => (words::PROBLEM_TIMEOUT, words::PROBLEM_TIMEOUT_TEXT),
        ProblemCode::Internal => (words::PROBLEM_INTERNAL, words::PROBLEM_INTERNAL_TEXT),
    }
}

/// The field of ours that a problem names. A lane as a whole is its host's field.
fn field(problem: &Problem) -> Option<&'static str> {
    let name = problem.field.as_deref()?;
    if let Some(lane) = Lane::ALL.into_iter().find(|lane| lane.as_str() == name) {
        return Some(Field::host(lane).as_str());
    }
    let lanes =
        Lane::ALL.into_iter().flat_map(|lane| [Field::host(lane), Field::port(lane), Field::security(lane)]);
    let fields = lanes.chain([Field::Email, Field::User, Field::SmtpUser]).map(Field::as_str);
    fields.chain(["password", "smtp_password"]).find(|known| *known == name)
}
