//! How the program ends.

use std::process::{ExitCode, Termination};

/// The exit status. The numbers are part of the contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Every step passed, or the command did what it was asked.
    Passed,
    /// A fault was diagnosed.
    Fault,
    /// The arguments or the configuration are wrong.
    Usage,
    /// The program itself failed.
    Failed,
    /// The person stopped it with Ctrl-C: the shell's own number for that.
    Interrupted,
}

impl Exit {
    /// The number that scripts see.
    #[must_use]
    pub const fn status(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Fault => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Interrupted => 130,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.status())
    }
}
