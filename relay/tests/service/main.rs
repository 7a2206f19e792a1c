//! `mailtriage serve` from the outside: its start, its configuration, its work as an operator sees it, and its end.

mod looking_up;
mod openings;
mod operating;
mod starting;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Output, Stdio};

fn serve(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailtriage"));
    command.arg("serve").args(arguments).env_clear().envs(variables.iter().copied());
    command
}

fn refusal(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = serve(arguments, variables).output().expect("the program starts");
    (status.code(), String::from_utf8(stderr).expect("the output is text"))
}

/// A relay on a port of its own; ended with the value.
struct Relay {
    child: Child,
    output: BufReader<ChildStdout>,
    log: BufReader<ChildStderr>,
    scheme: String,
    address: String,
}

impl Relay {
    fn start() -> Self {
        Self::of(&mut serve(&["--listen", "127.0.0.1:0"], &[]))
    }

    fn of(command: &mut Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let log = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
        let mut output = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the relay says where it listens");
        let url = line.trim().strip_prefix("listening on ").expect("an address").trim_end_matches('/');
        let (scheme, address) = url.split_once("://").expect("a web address");
        let (scheme, address) = (scheme.to_owned(), address.to_owned());
        Self { child, output, log, scheme, address }
    }

    #[expect(clippy::disallowed_methods, reason = "the client of the relay under test")]
    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(&self.address)
    }

    /// The whole answer to a request, head and body.
    fn get(&self, path: &str) -> String {
        let mut stream = self.connect().expect("the relay listens");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer is text");
        answer
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().expect("kill is there").success());
    }

    /// Reads the log up to the first line with these words in it.
    fn logged(&mut self, words: &str) -> String {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            let read = self.log.read_line(&mut line).expect("the log is text");
            assert!(read > 0, "{words:?} isn't in the log:\n{seen}");
            if line.contains(words) {
                return line;
            }
            seen += &line;
        }
    }

    /// Waits for the end; gives what was still to be read of standard output and of the log.
    fn ended(&mut self) -> (ExitStatus, String, String) {
        let status = self.child.wait().expect("the relay ends");
        let (mut output, mut log) = (String::new(), String::new());
        self.output.read_to_string(&mut output).expect("the output is text");
        self.log.read_to_string(&mut log).expect("the log is text");
        (status, output, log)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // Ended already, in most tests.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// A configuration file that is gone with the value.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mailtriage-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("the file can be written");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _removed = std::fs::remove_file(&self.0);
    }
}
