//! `mailtriage serve` as a process of its own, on a free port, as an operator would start it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::binary::mailtriage;
use crate::lab::process::{Reaper, wait_for_line};
use crate::lab::{self, Lab};

/// Where the relay says that it connects from.
pub const EGRESS: &str = "198.51.100.7";

/// A running relay. Dropping it ends the process at once, as a crash would.
pub struct Relay {
    id: u32,
    origin: String,
    log: PathBuf,
    _reaper: Reaper,
}

/// The relay of this test process, without a lab: it serves pages, and refuses to dial this machine.
pub fn shared() -> &'static Relay {
    static RELAY: OnceLock<Relay> = OnceLock::new();
    RELAY.get_or_init(|| Relay::start(None))
}

/// The relay of this test, which is one thread, that checks the servers of [`lab::shared`]. One for each: an account is
/// signed in to once at a time, and all tests have the same account. It ends with the process.
pub fn with_lab() -> &'static Relay {
    thread_local! {
        static RELAY: &'static Relay = Box::leak(Box::new(Relay::start(Some(lab::shared()))));
    }
    RELAY.with(|relay| *relay)
}

impl Relay {
    /// Starts one; with a lab it asks the lab's name server, trusts its authority and may dial loopback addresses.
    ///
    /// # Panics
    /// When the program isn't built or doesn't start; the message has its log.
    pub fn start(lab: Option<&Lab>) -> Self {
        Self::configured(lab, &[])
    }

    /// As [`Relay::start`], with further variables.
    ///
    /// # Panics
    /// As there.
    pub fn configured(lab: Option<&Lab>, variables: &[(&str, &str)]) -> Self {
        Self::with_file(lab, variables, "")
    }

    /// As [`Relay::configured`], with this text as its configuration file.
    ///
    /// # Panics
    /// As there.
    pub fn with_file(lab: Option<&Lab>, variables: &[(&str, &str)], file: &str) -> Self {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let directory =
            std::env::temp_dir().join(format!("mailtriage-relay-{}-{number}", std::process::id()));
        std::fs::create_dir(&directory).expect("the relay's directory can be made");
        let log = directory.join("log");
        let mut command = Command::new(mailtriage());
        let configuration = directory.join("mailtriage.toml");
        std::fs::write(&configuration, file).expect("the relay's directory is writable");
        command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(configuration);
        // Agents of whoever runs the tests are none of theirs.
        command.env("XDG_STATE_HOME", &directory).env_remove("STATE_DIRECTORY");
        // Without a lab no name is found, and no question leaves this machine.
        command.env("MAILTRIAGE_RESOLVER", "127.0.0.1:9");
        if let Some(lab) = lab {
            command
                .env("MAILTRIAGE_EGRESS_ADDRESSES", EGRESS)
                .env("MAILTRIAGE_RESOLVER", lab.resolver().to_string())
                .env("MAILTRIAGE_TRUST_ANCHORS", lab.trust_anchor())
                .env("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8");
        }
        // Every test is one client that signs in to the few accounts of the lab.
        for limit in ["RUNS_PER_CLIENT_PER_MINUTE", "RUNS_PER_TARGET_PER_MINUTE", "REFUSALS_PER_ACCOUNT"] {
            command.env(format!("MAILTRIAGE_LIMITS_{limit}"), "10000");
        }
        command.envs(variables.iter().copied());
        let mut reaper = Reaper::start(&directory);
        let id = reaper.spawn(&mut command, true, &log);
        let origin = wait_for_line(&log, "listening on ").trim_end_matches('/').to_owned();
        Self { id, origin, log, _reaper: reaper }
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The address that it listens at.
    pub fn address(&self) -> SocketAddr {
        self.origin.trim_start_matches("http://").parse().expect("an address and port")
    }

    /// Everything that it has printed so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log is there as long as the relay")
    }
}
