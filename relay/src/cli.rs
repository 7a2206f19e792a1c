//! The command line: `serve`, `check`, `explain`.
//!
//! Exit status: 0 every step passed, 1 a fault was diagnosed, 2 the arguments are wrong, 3 the program itself failed.

mod arguments;
mod exit;
mod locale;
mod refusal;
mod secret;
mod target;

pub use arguments::{
    AgentArguments, AgentCommand, CheckArguments, Cli, Command, DiscoverArguments, ExplainArguments,
    ServeArguments,
};
pub use exit::Exit;
pub use locale::lang;
pub use refusal::Refusal;
pub use secret::Secrets;
