//! The lab: real mail servers with chosen faults, a certificate authority and a name server, all on this machine.
//!
//! Every host of [`hosts::all`] has a loopback address of its own and uses the real mail ports there, so a check of
//! `expired.mail.test` is the same check that a person runs. Nothing leaves the machine: the name server knows one
//! zone and a few names of providers, and every address is in `127.0.0.0/8`.
//!
//! One lab per process, shared by all of its tests: [`shared`]. Several processes may run a lab at the same time.

pub mod ca;
pub mod dialogue;
mod dns;
pub mod dovecot;
pub mod hosts;
mod postfix;
pub(crate) mod process;
pub mod scripted;
pub mod tokens;
mod web;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ca::{Authority, Cert, Files};
use dovecot::{Control, Dovecot};
use hosts::{Host, Service, Tls};
use process::Reaper;
use scripted::{Filtered, Props, Script};
use tokio::runtime::Runtime;

pub use dns::DOMAIN;
pub use dovecot::PASSWORD;
pub use process::program;

/// The running lab. Dropping it, or the end of the process in any way, ends its servers.
pub struct Lab {
    resolver: SocketAddr,
    trust_anchor: PathBuf,
    network: Network,
    _reaper: Reaper,
    _filtered: Vec<Filtered>,
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

        let mut plan = Plan::new();
        for host in hosts::all() {
            let files = authority.issue(host.cert, &host.full_name());
            plan.add(host, network.host(host.name), &files, &authority, &runtime);
        }
        let filtered = Filtered::start(runtime.handle(), &plan.filtered);
        let spare = authority.issue(Cert::Good, DOMAIN);
        let props = Props { files: spare.clone(), issuer: Vec::new() };
        scripted::start(runtime.handle(), Plan::dying_sasl(&network), Script::DyingSasl, props);
        plan.start_servers(&mut reaper, &directory, &network, &spare);
        Self {
            resolver,
            trust_anchor: authority.trust_anchor(),
            network,
            _reaper: reaper,
            _filtered: filtered,
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

    /// The address of the host `NAME.mail.test`.
    pub fn address(&self, name: &str) -> Ipv4Addr {
        self.network.host(name)
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

/// The listeners of all hosts, sorted by the server that has to open them.
struct Plan {
    dovecot: BTreeMap<Dovecot, Vec<dovecot::Listener>>,
    postfix: Vec<postfix::Listener>,
    filtered: Vec<SocketAddr>,
}

impl Plan {
    fn new() -> Self {
        Self { dovecot: BTreeMap::new(), postfix: Vec::new(), filtered: Vec::new() }
    }

    /// Starts the peers that live in this process, and notes the rest.
    fn add(&mut self, host: &Host, ip: Ipv4Addr, files: &Files, authority: &Authority, runtime: &Runtime) {
        for &(port, service) in host.services {
            let (address, files) = (SocketAddr::from((ip, port)), files.clone());
            match service {
                Service::Dovecot(server, tls) => {
                    let listener = dovecot::Listener { address, implicit_tls: tls == Tls::Implicit, files };
                    self.dovecot.entry(server).or_default().push(listener);
                }
                Service::Postfix(tls, settings) => {
                    let implicit_tls = tls == Tls::Implicit;
                    self.postfix.push(postfix::Listener { address, implicit_tls, files, settings });
                }
                Service::Scripted(script) => {
                    let props = Props { files, issuer: authority.issuer_der() };
                    scripted::start(runtime.handle(), address, script, props);
                }
                Service::Filtered => self.filtered.push(address),
            }
        }
    }

    fn dying_sasl(network: &Network) -> SocketAddr {
        SocketAddr::from((network.own(99), 12345))
    }

    /// Starts the real servers side by side, then waits for each.
    fn start_servers(&self, reaper: &mut Reaper, directory: &Path, network: &Network, spare: &Files) {
        let control = |server: Dovecot| Control::at(network.own(100 + server as u8));
        let mut starting = Vec::new();
        for server in Dovecot::ALL {
            let listeners = self.dovecot.get(&server).map(Vec::as_slice).unwrap_or_default();
            starting.push(dovecot::start(reaper, directory, server, &control(server), spare, listeners));
        }
        // Postfix gives up for a minute when the password check it asks isn't there.
        starting.into_iter().for_each(dovecot::Starting::wait);
        let sasl = postfix::Sasl {
            usual: control(Dovecot::Usual).sasl,
            other_passwords: control(Dovecot::OtherPasswords).sasl,
            dying: Self::dying_sasl(network),
        };
        postfix::start(reaper, directory, network.own(25), &sasl, &self.postfix).wait();
    }
}

/// A block `127.B.0.0/16` that this process has for itself.
struct Network {
    block: u8,
    /// Another lab that tries to take the same block fails to bind this.
    _claim: TcpListener,
}

impl Network {
    fn claim() -> Self {
        let start = std::process::id();
        (0..250u32)
            .find_map(|attempt| {
                let block = u8::try_from((start + attempt) % 250 + 2).expect("at most 251");
                let claim = TcpListener::bind((Ipv4Addr::new(127, block, 0, 1), 1)).ok()?;
                Some(Self { block, _claim: claim })
            })
            .expect("the lab binds ports below 1024, which needs root, and one free block of 127.0.0.0/8")
    }

    /// An address for the lab's own use.
    fn own(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(127, self.block, 0, last)
    }

    /// The address of a host, by its place in the table.
    fn host(&self, name: &str) -> Ipv4Addr {
        let index = hosts::all().position(|host| host.name == name);
        let index = index.unwrap_or_else(|| panic!("the lab has no host {name}"));
        Ipv4Addr::new(127, self.block, 1, u8::try_from(index + 1).expect("fewer than 255 hosts"))
    }

    fn hosts(&self) -> Vec<(&'static str, Ipv4Addr)> {
        hosts::all().map(|host| (host.name, self.host(host.name))).collect()
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
