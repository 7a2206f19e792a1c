//! `cargo xtask fuzz`: the fuzz targets of `fuzz/`, briefly as part of every test run and for as long as wanted by hand.
//!
//! What a target has learnt is kept in `target/fuzz/corpus`, so that each run begins where the last one ended.

mod seeds;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::failure::Failure;
use crate::setup;
use crate::shell::Workspace;

/// The targets, as `fuzz/src/lib.rs` lists them.
const TARGETS: [&str; 8] = ["imap", "smtp", "sasl", "tls", "certificate", "settings", "messages", "text"];

/// Each target's time in a test run, seconds. Two run at a time: four minutes in all.
const BRIEFLY: u32 = 60;

/// How many targets run side by side.
const AT_A_TIME: usize = 2;

/// Every target for a minute, as `cargo xtask test` does.
pub fn briefly(workspace: &Workspace) -> Result<(), Failure> {
    // No member of the workspace, so that nothing else looks at it.
    workspace.command("cargo", ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]).run()?;
    let fuzzer = Fuzzer::build(workspace)?;
    let waiting = Mutex::new(TARGETS.into_iter());
    let next = || waiting.lock().ok()?.next();
    let work = || -> Result<(), Failure> {
        while let Some(target) = next() {
            fuzzer.run(target, BRIEFLY)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(Failure::Check("a fuzz target's keeper panicked".to_owned())))
        })
    })
}

/// One target for so many seconds.
pub fn at_length(workspace: &Workspace, target: &str, seconds: &str) -> Result<(), Failure> {
    let known = TARGETS.into_iter().find(|known| *known == target).ok_or_else(|| {
        Failure::usage(&format!("`{target}` is no fuzz target; there are: {}", TARGETS.join(", ")))
    })?;
    let seconds = seconds
        .parse()
        .ok()
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| Failure::usage(&format!("`{seconds}` is no number of seconds")))?;
    setup::for_fuzzing(workspace)?;
    Fuzzer::build(workspace)?.run(known, seconds)
}

/// The built binary, which is every target, with its directories.
struct Fuzzer<'a> {
    workspace: &'a Workspace,
    binary: PathBuf,
    home: PathBuf,
}

impl<'a> Fuzzer<'a> {
    fn build(workspace: &'a Workspace) -> Result<Self, Failure> {
        let home = workspace.target().join("fuzz");
        let target_dir = home.join("build");
        let machine = machine(workspace)?;
        // No sanitizer: there is no unsafe code of ours for one to watch, and without it twice as many inputs are tried.
        workspace
            .command("cargo", ["fuzz", "build", "one", "--sanitizer", "none", "--target", &machine])
            .env("CARGO_TARGET_DIR", &target_dir)
            // cargo-fuzz passes flags that stable compilers keep to themselves otherwise.
            .env("RUSTC_BOOTSTRAP", "1")
            .run()?;
        let binary = target_dir.join(machine).join("release/one");
        Ok(Self { workspace, binary, home })
    }

    fn run(&self, target: &str, seconds: u32) -> Result<(), Failure> {
        let corpus = self.directory("corpus", target)?;
        let seeds = self.directory("seeds", target)?;
        seeds::from_transcripts(&self.workspace.path("crates/protocol/tests/transcripts"), target, &seeds)?;
        let log = self.directory("logs", target)?.join("last.txt");
        let found = self.directory("found", target)?;
        let binary = self.binary.to_string_lossy().into_owned();
        let directories = [corpus, seeds, self.workspace.path(&format!("fuzz/seeds/{target}"))];
        let directories = directories.iter().filter(|directory| directory.is_dir());
        let arguments = directories.map(|directory| directory.to_string_lossy().into_owned()).chain([
            format!("-max_total_time={seconds}"),
            "-timeout=10".to_owned(),
            "-rss_limit_mb=1024".to_owned(),
            format!("-max_len={}", longest(target)),
            "-print_final_stats=1".to_owned(),
            format!("-artifact_prefix={}/", found.display()),
        ]);
        let arguments: Vec<String> = arguments.collect();
        println!("fuzzing {target} for {seconds} s; its log is {}", log.display());
        self.workspace.command(&binary, arguments).env("FUZZ_TARGET", target).run_into(&log)
    }

    fn directory(&self, kind: &str, target: &str) -> Result<PathBuf, Failure> {
        let directory = self.home.join(kind).join(target);
        create(&directory)?;
        Ok(directory)
    }
}

/// The longest input that is tried, bytes. Of a text no more is kept than 2 KiB.
fn longest(target: &str) -> u32 {
    if target == "text" { 2_100 } else { 8_192 }
}

fn create(directory: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(directory)
        .map_err(|source| Failure::File { path: directory.to_path_buf(), source })
}

/// The platform of this machine, as rustc calls it.
fn machine(workspace: &Workspace) -> Result<String, Failure> {
    let version = workspace.command("rustc", ["-vV"]).output().unwrap_or_default();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::Check("`rustc -vV` names no host".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::TARGETS;

    #[test]
    fn every_target_of_the_fuzz_crate_is_run() {
        let listed = include_str!("../../../fuzz/src/lib.rs");
        let names: Vec<&str> =
            listed.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split('"').next()).collect();
        assert_eq!(names, TARGETS);
    }
}
