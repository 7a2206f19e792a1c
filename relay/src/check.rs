//! `check`: one diagnosis on the terminal.

mod fault;
mod live;
mod observation;
mod printer;
mod progress;
mod report;
mod run;
mod screen;
mod sign_in;

pub use run::check;

/// One sentence in the language asked for; both are written side by side.
macro_rules! say {
    ($lang:expr, $ja:literal, $en:literal) => {
        match $lang {
            error_model::Lang::Ja => format!($ja),
            error_model::Lang::En => format!($en),
        }
    };
}
use say;
