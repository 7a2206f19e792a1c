//! The `mailtriage` binary: see `relay::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::SUCCESS
}
