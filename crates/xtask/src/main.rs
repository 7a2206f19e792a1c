//! The developer commands: `cargo xtask serve | build | test | fuzz | load | lighthouse | setup | prerender`.
//!
//! Standard library only, so that the first `cargo xtask` of a fresh clone starts within seconds. A command checks for
//! every tool that it needs and installs what is missing before it does its work; see `setup`.

mod budget;
mod checks;
mod failure;
mod fuzz;
mod page;
mod serve;
mod setup;
mod shell;

use std::process::ExitCode;

use failure::Failure;
use shell::Workspace;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

Commands:
  serve [-- ARGS]  set up what is missing, build the page, start the relay (ARGS go to `mailtriage serve`)
  build            set up what is missing, build the page and the program that holds it: target/release/mailtriage
  test             set up what is missing, then run every check in order, as CI does
  fuzz TARGET S    look for inputs that break a parser for S seconds, where `test` takes a minute
  load             put an optimised relay under load and print what it cost
  lighthouse       ask Lighthouse about the optimised page, at its settings for a phone, and print its figures
  setup            only set up: the tools, npm packages and apt packages that `test` needs
  prerender        render the static HTML into Trunk's staging directory (Trunk calls this)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            failure.exit_code()
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let workspace = Workspace::locate()?;
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => serve::serve(&workspace, &[]),
        ["serve", "--", rest @ ..] => serve::serve(&workspace, rest),
        ["build"] => serve::build(&workspace),
        ["test"] => checks::run_all(&workspace),
        ["fuzz", target, seconds] => fuzz::at_length(&workspace, target, seconds),
        ["load"] => serve::load(&workspace),
        ["lighthouse"] => serve::lighthouse(&workspace),
        ["setup"] => setup::for_tests(&workspace),
        ["prerender"] => page::prerender(&workspace),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        [] => Err(Failure::usage("a command is missing")),
        other => Err(Failure::usage(&format!("`{}` is not a command", other.join(" ")))),
    }
}
