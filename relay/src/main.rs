//! The `mailtriage` binary: reads the arguments and hands over to the library.

use std::io::Write;

use clap::Parser;
use relay::{
    check::check,
    cli::{CheckArguments, Cli, Command, Exit, ExplainArguments, Refusal, Secrets, lang},
    explain::Subject,
};

fn main() -> Exit {
    // clap itself ends with 2 where the arguments are wrong.
    let ended = match Cli::parse().command {
        Command::Check(arguments) => run_check(*arguments),
        Command::Explain(arguments) => explain(&arguments),
    };
    ended.unwrap_or_else(|refusal| {
        eprintln!("error: {refusal}");
        refusal.exit()
    })
}

fn run_check(arguments: CheckArguments) -> Result<Exit, Refusal> {
    let lang = lang(arguments.lang, variable);
    let secrets = Secrets::read(&arguments, |name| std::env::var_os(name))?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Refusal::failure)?;
    runtime.block_on(check(arguments, secrets, lang))
}

fn explain(arguments: &ExplainArguments) -> Result<Exit, Refusal> {
    let lang = lang(arguments.lang, variable);
    let subject = Subject::parse(&arguments.subject)?;
    let mut text =
        if arguments.json { subject.json(lang).map_err(Refusal::failure)? } else { subject.markdown(lang) };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    std::io::stdout().write_all(text.as_bytes()).map_err(Refusal::failure)?;
    Ok(Exit::Passed)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
