//! Why a developer command stopped, worded so that the next step is clear.

use std::fmt;
use std::path::PathBuf;
use std::process::{ExitCode, ExitStatus};

use crate::USAGE;

/// What went wrong. Each variant carries what was tried and what was seen.
#[derive(Debug)]
pub enum Failure {
    /// The arguments are not a command.
    Usage(String),
    /// A program couldn't be started at all.
    Spawn { program: String, source: std::io::Error },
    /// A program ran and said no; its own output stands above.
    Exit { command: String, status: ExitStatus },
    /// Something that this command can't install is missing.
    Missing { what: String, remedy: String },
    /// A file or directory couldn't be read or written.
    File { path: PathBuf, source: std::io::Error },
    /// A check of our own failed.
    Check(String),
}

impl Failure {
    pub fn usage(problem: &str) -> Self {
        Self::Usage(problem.to_owned())
    }

    /// 2 for wrong arguments, 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(problem) => write!(f, "{problem}\n\n{USAGE}"),
            Self::Spawn { program, source } => write!(f, "`{program}` could not be started: {source}"),
            Self::Exit { command, status } => write!(f, "`{command}` failed ({status})"),
            Self::Missing { what, remedy } => write!(f, "{what}\n  {remedy}"),
            Self::File { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Check(problem) => f.write_str(problem),
        }
    }
}
