//! Where the workspace is, and how programs are run in it.
//!
//! Every program runs with one search path: our own tools first, then the npm packages of the page, then the caller's
//! `PATH`. So the wasm-opt of the page's `package.json` always wins over one that a distribution installed.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// How much of a log is shown where its program failed.
const LINES_SHOWN: usize = 40;

/// The root of the workspace and the search path of its tools.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    search_path: OsString,
}

impl Workspace {
    /// Finds the workspace that this xtask was run from.
    pub fn locate() -> Result<Self, Failure> {
        // Cargo sets the variable at run time; the compile-time one could belong to another checkout that shares the
        // target directory.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| Failure::Missing {
            what: "the workspace was not found".to_owned(),
            remedy: "run this as `cargo xtask …`".to_owned(),
        })?;
        let root = Path::new(&manifest).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(directory) => root.join(directory),
            None => root.join("target"),
        };
        let own = [target.join("tools/bin"), root.join("web/node_modules/.bin")];
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let search_path = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited)))
            .map_err(|source| Failure::Check(format!("PATH can't be extended: {source}")))?;
        Ok(Self { root, target, search_path })
    }

    /// Where cargo builds.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A path inside the workspace.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where tools of our own are installed: `bin` below it is on the search path.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Where mail servers are unpacked for the lab, as below `/`.
    pub fn servers(&self) -> PathBuf {
        self.target.join("servers")
    }

    /// The first file of that name on the search path.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        std::env::split_paths(&self.search_path)
            .map(|directory| directory.join(program))
            .find(|candidate| candidate.is_file())
    }

    /// A command to be run in the root of the workspace.
    pub fn command<I, S>(&self, program: &str, arguments: I) -> Run
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        // Resolved here, because a child's `PATH` doesn't decide where the child itself is looked for on every system.
        let resolved = self.find(program).unwrap_or_else(|| PathBuf::from(program));
        let mut command = Command::new(resolved);
        command.args(arguments).current_dir(&self.root).env("PATH", &self.search_path);
        Run { name: program.to_owned(), command }
    }
}

/// One program with its arguments.
#[derive(Debug)]
pub struct Run {
    name: String,
    command: Command,
}

impl Run {
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn directory(mut self, directory: &Path) -> Self {
        self.command.current_dir(directory);
        self
    }

    /// Runs it to the end; its output goes to the terminal. Not ending with success is a failure.
    pub fn run(mut self) -> Result<(), Failure> {
        let line = self.line();
        println!("$ {line}");
        let status = self.command.status().map_err(|source| Failure::Spawn { program: self.name, source })?;
        if status.success() { Ok(()) } else { Err(Failure::Exit { command: line, status }) }
    }

    /// Runs it to the end; its output goes to a file, of which the end is shown where it isn't ending with success.
    pub fn run_into(mut self, log: &Path) -> Result<(), Failure> {
        let line = self.line();
        let open = || {
            let file = File::create(log)?;
            Ok((file.try_clone()?, file))
        };
        let (out, err) = open().map_err(|source| Failure::File { path: log.to_path_buf(), source })?;
        self.command.stdin(Stdio::null()).stdout(out).stderr(err);
        let status = self.command.status().map_err(|source| Failure::Spawn { program: self.name, source })?;
        if status.success() {
            return Ok(());
        }
        let said = std::fs::read(log).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.lines().collect();
        println!("{}", lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n"));
        Err(Failure::Exit { command: line, status })
    }

    /// Whether it ends with success. Its output is thrown away; not being there at all counts as no.
    pub fn succeeds(mut self) -> bool {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.command.status().is_ok_and(|status| status.success())
    }

    /// What it printed on its standard output, or `None` where it isn't there or failed.
    pub fn output(mut self) -> Option<String> {
        self.command.stdin(Stdio::null()).stderr(Stdio::null());
        let output = self.command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    }

    /// Becomes that program where the system can do so, so that signals reach it directly.
    #[cfg(unix)]
    pub fn become_it(mut self) -> Result<(), Failure> {
        use std::os::unix::process::CommandExt;
        println!("$ {}", self.line());
        let source = self.command.exec();
        Err(Failure::Spawn { program: self.name, source })
    }

    #[cfg(not(unix))]
    pub fn become_it(self) -> Result<(), Failure> {
        self.run()
    }

    fn line(&self) -> String {
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy());
        std::iter::once(self.name.as_str().into()).chain(arguments).collect::<Vec<_>>().join(" ")
    }
}
