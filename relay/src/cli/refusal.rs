//! Why a command didn't do what it was asked, for the person at the terminal.

use std::fmt;

use super::Exit;

/// A message, with the argument that it speaks of, and the exit status that goes with it.
#[derive(Debug)]
pub struct Refusal {
    exit: Exit,
    message: String,
}

impl Refusal {
    /// `argument` is missing or can't be used.
    #[must_use]
    pub fn argument(argument: &str, problem: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: format!("{argument}: {problem}") }
    }

    /// The arguments as a whole can't be used.
    #[must_use]
    pub fn usage(problem: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: problem.to_string() }
    }

    /// The program failed at something that isn't the person's doing.
    #[must_use]
    pub fn failure(problem: impl fmt::Display) -> Self {
        Self { exit: Exit::Failed, message: problem.to_string() }
    }

    /// The status to end with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&error_model::text::escape(&self.message))
    }
}
