//! The relay under load, as a process of its own, and its memory.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::Peer;
use crate::binary::mailtriage;

/// More than any scenario asks for: what is measured is the work, not the refusal of it.
const RUNS: &str = "20000";

/// A relay that may dial the peer. Dropping it ends it.
pub(super) struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Process {
    /// `variables`: further settings.
    pub fn start(peer: &Peer, variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(mailtriage())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8")
            .env("MAILTRIAGE_ALLOW_PORT", format!("{},{}", peer.imap.port(), peer.smtp.port()))
            .env("MAILTRIAGE_TRUST_ANCHORS", &peer.trust_anchor)
            .env("MAILTRIAGE_LIMITS_RUNS", RUNS)
            .env("MAILTRIAGE_LIMITS_RUNS_PER_CLIENT", RUNS)
            .env("MAILTRIAGE_LIMITS_RUNS_PER_CLIENT_PER_MINUTE", RUNS)
            .env("MAILTRIAGE_LIMITS_RUNS_PER_TARGET_PER_MINUTE", RUNS)
            .env("RUST_LOG", "warn")
            // Agents of whoever runs the load are none of its business.
            .env("XDG_STATE_HOME", "/nonexistent")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the relay starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
        output.read_line(&mut line).expect("the relay says where it listens");
        let address = line.trim().trim_start_matches("listening on http://").trim_end_matches('/');
        Self { child, address: address.parse().expect("an address and port") }
    }

    /// Resident memory in KiB (`VmRSS`).
    pub fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .expect("the relay lives, on Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a process has memory");
        line.trim().trim_end_matches(" kB").parse().expect("a number of KiB")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has no state to lose.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
