//! The `mailtriage` binary: reads the arguments and hands over to the library.

use std::io::{self, Write};

use clap::Parser;
use relay::{
    agent::agent,
    check::check,
    cli::{
        AgentArguments, CheckArguments, Cli, Command, DiscoverArguments, Exit, ExplainArguments, Refusal,
        Secrets, ServeArguments, lang,
    },
    config,
    discover::discover,
    explain::Subject,
    harden::harden,
    http, log, names,
};
use tokio::runtime;
use zeroizing_alloc::ZeroAlloc;

/// Passwords pass through buffers of many libraries on their way to a mail server. Whatever is given back is wiped, so
/// that none of them outlives its run in memory that nobody looks at.
#[global_allocator]
static WIPING: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

fn main() -> Exit {
    // clap itself ends with 2 where the arguments are wrong.
    let ended = match Cli::parse().command {
        Command::Serve(arguments) => serve(&arguments),
        Command::Check(arguments) => run_check(*arguments),
        Command::Discover(arguments) => run_discover(&arguments),
        Command::Explain(arguments) => explain(&arguments),
        Command::Agent(arguments) => run_agent(&arguments),
    };
    ended.unwrap_or_else(|refusal| {
        eprintln!("error: {refusal}");
        refusal.exit()
    })
}

fn serve(arguments: &ServeArguments) -> Result<Exit, Refusal> {
    let mut settings = config::load(arguments.config.as_deref(), variables()).map_err(Refusal::usage)?;
    if let Some(listen) = arguments.listen {
        settings.listen = listen;
    }
    if arguments.print_config {
        return print(&settings.to_toml().map_err(Refusal::failure)?);
    }
    names::set(settings.brand.names());
    harden()?;
    log::start(settings.log_format);
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(Refusal::failure)?;
    runtime.block_on(http::serve(&settings))
}

fn run_agent(arguments: &AgentArguments) -> Result<Exit, Refusal> {
    harden()?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Refusal::failure)?;
    print(&runtime.block_on(agent(arguments, variables(), variable))?)
}

fn variables() -> impl Iterator<Item = (String, String)> {
    // A variable whose name or value isn't text is none of ours.
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn run_check(arguments: CheckArguments) -> Result<Exit, Refusal> {
    harden()?;
    names::from_environment(variable)?;
    let lang = lang(arguments.lang, variable);
    let secrets = Secrets::read(&arguments, |name| std::env::var_os(name))?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Refusal::failure)?;
    runtime.block_on(check(arguments, secrets, lang))
}

fn run_discover(arguments: &DiscoverArguments) -> Result<Exit, Refusal> {
    let lang = lang(arguments.lang, variable);
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Refusal::failure)?;
    let (text, exit) = runtime.block_on(discover(arguments, lang))?;
    print(&text).map(|_| exit)
}

fn explain(arguments: &ExplainArguments) -> Result<Exit, Refusal> {
    names::from_environment(variable)?;
    let lang = lang(arguments.lang, variable);
    let subject = Subject::parse(&arguments.subject)?;
    if arguments.json {
        print(&subject.json(lang).map_err(Refusal::failure)?)
    } else {
        print(&subject.markdown(lang))
    }
}

fn print(text: &str) -> Result<Exit, Refusal> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.trim_end())
        .map_err(|error| Refusal::failure(format_args!("standard output: {error}")))?;
    Ok(Exit::Passed)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
