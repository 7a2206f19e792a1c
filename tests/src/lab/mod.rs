//! The lab: real mail servers with chosen faults, a certificate authority and a name server, all on this machine.
//!
//! Every host of [`hosts::all`] has a loopback address of its own and uses the real mail ports there, so a check of
//! `expired.mail.test` is the same check that a person runs. Nothing leaves the machine: the name server knows one
//! zone and a few names of providers, and every address is in `127.0.0.0/8`.
//!
//! One lab per process, shared by all of its tests: [`shared`]. Several processes may run a lab at the same time.

pub mod ca;
pub mod courier;
mod crowd;
pub mod cyrus;
pub mod dialogue;
mod dns;
pub mod dovecot;
pub mod exim;
pub mod haproxy;
pub mod hosts;
pub mod issuer;
mod listener;
mod network;
pub mod nginx;
mod plan;
mod postfix;
pub(crate) mod process;
pub mod program;
pub mod scripted;
pub mod tokens;
mod view;
mod web;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ca::Authority;
use network::Network;
use plan::{Plan, Standing};
use process::Reaper;
use tokio::runtime::Runtime;

pub use dns::DOMAIN;
pub use dovecot::PASSWORD;
pub use process::{program, run};

/// The running lab. Dropping it, or the end of the process in any way, ends its servers.
pub struct Lab {
    resolver: SocketAddr,
    trust_anchor: PathBuf,
    network: Network,
    issuer: issuer::Issuer,
    _reaper: Reaper,
    _standing: Standing,
    _runtime: Runtime,
}

/// The lab of this process; the first call starts it.
pub fn shared() -> &'static Lab {
    static LAB: OnceLock<Lab> = OnceLock::new();
    LAB.get_or_init(Lab::start)
}

impl Lab {
    /// Starts every server and returns when all of them answer.
    ///
    /// # Panics
    /// When a program is missing (the message names the package), when the process may not use the mail ports, or
    /// when a server doesn't come up (the message has its log).
    pub fn start() -> Self {
        let network = Network::claim();
        let directory = make_directory();
        let mut reaper = Reaper::start(&directory);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let authority = Authority::create(directory.join("certificates"));
        let resolver = SocketAddr::from((network.own(53), 53));
        dns::start(&mut reaper, &directory, resolver, &network.hosts());

        let at_home = SocketAddr::new(network.host("issuer"), 443);
        let files = authority.issue(ca::Cert::Good, issuer::HOST);
        let issuer = issuer::Issuer::start(&mut reaper, &directory, at_home, network.issuer(), &files);
        let plan = Plan::of_all_hosts(&network, &authority, &runtime);
        let standing = plan.start(&mut reaper, &directory, &network, &authority, &runtime);
        Self {
            resolver,
            trust_anchor: authority.trust_anchor(),
            network,
            issuer,
            _reaper: reaper,
            _standing: standing,
            _runtime: runtime,
        }
    }

    /// The name server.
    pub fn resolver(&self) -> SocketAddr {
        self.resolver
    }

    /// The PEM file with the root to trust.
    pub fn trust_anchor(&self) -> &Path {
        &self.trust_anchor
    }

    /// The issuer of tokens.
    pub fn issuer(&self) -> &issuer::Issuer {
        &self.issuer
    }

    /// The address of the host `NAME.mail.test`.
    pub fn address(&self, name: &str) -> IpAddr {
        self.network.host(name)
    }

    /// The one port at which this lab's host without IPv4 answers: there is one `::1` for all labs of the machine.
    pub fn port_on_ipv6(&self) -> u16 {
        self.network.port_on_ipv6()
    }

    /// What a check needs to be told to work inside the lab, as options of the command line.
    pub fn options(&self) -> Vec<String> {
        let trust_anchor = self.trust_anchor.display().to_string();
        [
            "--resolver",
            &self.resolver.to_string(),
            "--trust-anchor",
            &trust_anchor,
            "--allow-net",
            "127.0.0.0/8",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// A directory of this process; the servers' own accounts must be able to pass through it.
fn make_directory() -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let directory = std::env::temp_dir().join(format!("mailtriage-lab-{}", std::process::id()));
    std::fs::create_dir(&directory)
        .and_then(|()| std::fs::set_permissions(&directory, std::fs::Permissions::from_mode(0o755)))
        .unwrap_or_else(|error| panic!("{} can't be made: {error}", directory.display()));
    directory
}
