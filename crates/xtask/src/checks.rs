//! `cargo xtask test`: every check in order, the same on a developer's machine and in CI.

use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::shell::Workspace;
use crate::{budget, fuzz, page, setup};

type Check = fn(&Workspace) -> Result<(), Failure>;

/// Cheap checks first; the page before the tests, because the relay embeds it and the browser tests load it.
const CHECKS: [(&str, Check); 12] = [
    ("formatting", |w| w.command("cargo", ["fmt", "--all", "--check"]).run()),
    ("lints: native", |w| clippy(w, &["--workspace", "--all-targets"])),
    ("lints: page as rendered to HTML", |w| {
        clippy(w, &["--package", "web", "--all-targets", "--features", "ssr"])
    }),
    ("lints: page as WebAssembly", |w| {
        clippy(w, &["--package", "web", "--target", "wasm32-unknown-unknown", "--features", "hydrate"])
    }),
    ("dependencies: licences, bans, sources", dependencies),
    ("dependencies: advisories", advisories),
    ("page", page::build),
    ("size of the pages", budget::check),
    ("app for Zendesk", page::zendesk_app),
    ("tests: page as rendered to HTML", |w| {
        w.command("cargo", ["test", "--package", "web", "--features", "ssr"]).run()
    }),
    ("tests", |w| w.command("cargo", ["test", "--workspace"]).run()),
    ("fuzzing", fuzz::briefly),
];

/// Sets up, runs every check and stops at the first that fails.
pub fn run_all(workspace: &Workspace) -> Result<(), Failure> {
    let mut timings = vec![timed("set-up", || setup::for_tests(workspace))?];
    for (headline, check) in CHECKS {
        timings.push(timed(headline, || check(workspace))?);
    }
    println!("\n== all checks passed");
    for (headline, took) in timings {
        println!("{:>7.1} s  {headline}", took.as_secs_f64());
    }
    Ok(())
}

fn timed(headline: &str, check: impl FnOnce() -> Result<(), Failure>) -> Result<(&str, Duration), Failure> {
    println!("\n== {headline}");
    let start = Instant::now();
    let outcome = check();
    let took = start.elapsed();
    println!(
        "== {headline}: {} in {:.1} s",
        if outcome.is_ok() { "ok" } else { "FAILED" },
        took.as_secs_f64()
    );
    outcome.map(|()| (headline, took))
}

fn clippy(workspace: &Workspace, selection: &[&str]) -> Result<(), Failure> {
    let arguments = ["clippy", "--quiet"].iter().chain(selection).chain(&["--", "-D", "warnings"]);
    workspace.command("cargo", arguments).run()
}

/// Looks at every dependency of every feature and target, so all of them have to be there; the check itself then needs
/// nothing from the network.
fn dependencies(workspace: &Workspace) -> Result<(), Failure> {
    workspace.command("cargo", ["fetch", "--locked"]).run()?;
    workspace.command("cargo", ["deny", "--offline", "check", "bans", "licenses", "sources"]).run()
}

/// Known vulnerabilities. The database is a git repository on the Internet: where it can't be fetched, no other
/// check suffers for it, and this one says that it didn't take place.
fn advisories(workspace: &Workspace) -> Result<(), Failure> {
    if workspace.command("cargo", ["deny", "fetch", "db"]).succeeds() {
        return workspace.command("cargo", ["deny", "check", "--disable-fetch", "advisories"]).run();
    }
    println!("NOT CHECKED: the RustSec advisory database can't be fetched from here");
    Ok(())
}
