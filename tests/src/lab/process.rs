//! Servers as child processes: found by name, started in a group of their own, and always taken down again.
//!
//! Taking down has one way only, the [`Reaper`]: a small shell that waits for its standard input to close. That
//! happens when the lab is dropped, when the test process ends and when it is killed, so no server outlives its test.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// How long any server may take from its start to its first answer.
const START_LIMIT: Duration = Duration::from_secs(20);
/// Between two attempts to reach a server that is starting.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// Kills what was started and removes the lab's directory, as soon as its standard input closes.
const REAPER: &str = r#"
while read -r leader; do leaders="$leader $leaders"; done
for leader in $leaders; do kill -s KILL -- "-$leader" "$leader"; done 2>/dev/null
rm -rf -- "$1"
"#;

/// Holds the pipe whose closing ends every server of the lab.
pub struct Reaper {
    shell: Child,
    leaders: Option<ChildStdin>,
    servers: Vec<Child>,
}

impl Reaper {
    /// Watches over the servers whose files are in `directory`; the directory is removed with them.
    pub fn start(directory: &Path) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", REAPER, "reaper"])
            .arg(directory)
            .stdin(Stdio::piped())
            // It outlives the test by a moment, and must not hold the test's output open meanwhile.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own: an interrupt at the keyboard must not end it before it has done its work.
            .process_group(0)
            .spawn()
            .expect("the shell starts");
        let leaders = shell.stdin.take();
        Self { shell, leaders, servers: Vec::new() }
    }

    /// Starts `command` in the foreground, its output in `log`, and remembers it for the end.
    ///
    /// `own_group` is false for a program that makes its own process group and refuses to start as a group's leader. Gives
    /// the process's number.
    pub fn spawn(&mut self, command: &mut Command, own_group: bool, log: &Path) -> u32 {
        let log = File::create(log).expect("the lab's directory is writable");
        command.stdin(Stdio::null()).stderr(log.try_clone().expect("a file handle is copied")).stdout(log);
        if own_group {
            command.process_group(0);
        }
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?} doesn't start: {error}"));
        let leaders = self.leaders.as_mut().expect("the pipe stays open until the drop");
        writeln!(leaders, "{}", child.id()).expect("the reaper lives as long as the lab");
        let id = child.id();
        self.servers.push(child);
        id
    }
}

impl Drop for Reaper {
    fn drop(&mut self) {
        drop(self.leaders.take());
        // Nothing can be done about a failure here, and the servers' sockets die with their processes anyway.
        let _ = self.shell.wait();
        for server in &mut self.servers {
            let _ = server.wait();
        }
    }
}

/// The path of a program, or a failure that names the package to install.
pub fn program(path_or_name: &str, package: &str) -> PathBuf {
    let search = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&search)
        .chain([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")])
        .map(|directory| directory.join(path_or_name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("`{path_or_name}` is missing: run `apt-get install {package}`"))
}

/// Runs a short-lived helper program to its end and returns what it printed.
pub fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} doesn't start: {error}"));
    assert!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Returns as soon as the server at `address` greets; fails with the server's log after the limit.
pub fn wait_for_greeting(address: SocketAddr, log: &Path) {
    wait(address, log, |stream| stream.read(&mut [0; 64]).map(|count| count > 0));
}

/// Returns as soon as something accepts at `address`; fails with the server's log after the limit.
pub fn wait_for_listener(address: SocketAddr, log: &Path) {
    wait(address, log, |_| Ok(true));
}

/// Returns what follows `start` on the first line of the log that begins with it; fails with the log after the limit.
pub fn wait_for_line(log: &Path, start: &str) -> String {
    let deadline = Instant::now() + START_LIMIT;
    loop {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        // Only a whole line: the rest of it may still be on its way.
        let mut lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        if let Some(rest) = lines.find_map(|line| line.strip_prefix(start)) {
            return rest.to_owned();
        }
        assert!(Instant::now() < deadline, "no line begins with `{start}` in the server's log:\n{text}");
        std::thread::sleep(RETRY_PAUSE);
    }
}

fn wait(address: SocketAddr, log: &Path, ready: impl Fn(&mut TcpStream) -> io::Result<bool>) {
    let deadline = Instant::now() + START_LIMIT;
    loop {
        let attempt = TcpStream::connect(address).and_then(|mut stream| {
            stream.set_read_timeout(Some(START_LIMIT))?;
            ready(&mut stream)
        });
        if matches!(attempt, Ok(true)) {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "nothing answers at {address} ({attempt:?}); the server's log says:\n{}",
            std::fs::read_to_string(log).unwrap_or_default()
        );
        std::thread::sleep(RETRY_PAUSE);
    }
}
