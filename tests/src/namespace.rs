//! A network namespace in which every address of the world is this machine, so that traffic to anywhere can be seen and
//! none gets out. A firewall in it counts packets to addresses that must never be dialled.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use serde_json::Value;

use crate::lab::{program, run};

/// The ranges of the deny list.
const DENIED: &str = include_str!("../../crates/probe/src/egress/deny_ranges.tsv");

/// A namespace. It goes away with the value, and with the process however that ends.
pub struct Namespace {
    /// Lives in the namespace and keeps it; it ends when its standard input closes.
    keeper: Child,
    file: String,
}

impl Namespace {
    /// Makes a namespace in which every address leads back into it, and packets to denied ranges are counted.
    ///
    /// # Panics
    /// When a program is missing (the message names the package) or the process may not make namespaces.
    #[must_use]
    pub fn new() -> Self {
        let mut keeper = Command::new(program("unshare", "util-linux"))
            .args(["--net", "sh", "-c", "echo made; exec cat"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare starts");
        let mut line = String::new();
        let output = keeper.stdout.take().expect("its output is a pipe");
        BufReader::new(output).read_line(&mut line).expect("a pipe can be read");
        assert_eq!(line, "made\n", "a network namespace can't be made: that needs root, as the lab does");
        let namespace = Self { file: format!("/proc/{}/ns/net", keeper.id()), keeper };
        let ip = program("ip", "iproute2");
        for arguments in
            ["link set lo up", "route add local 0.0.0.0/0 dev lo", "-6 route add local ::/0 dev lo"]
        {
            run(namespace.command(&ip).args(arguments.split(' ')));
        }
        run(namespace.command(&program("nft", "nftables")).arg(rules()));
        namespace
    }

    /// Runs `work` on a thread that lives in the namespace, as do the threads and processes that it starts.
    pub fn enter<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        std::thread::scope(|scope| {
            let inside = scope.spawn(|| {
                let file = File::open(&self.file).expect("the namespace is there");
                move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network))
                    .expect("root may enter a namespace");
                work()
            });
            inside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Gives the machine another address of its own, besides all that lead to it anyway.
    pub fn add_address(&self, address: &str) {
        let ip = program("ip", "iproute2");
        run(self.command(&ip).args(["address", "add", address, "dev", "lo"]));
    }

    /// Packets that were sent to denied ranges so far.
    ///
    /// # Panics
    /// When the firewall can't be asked.
    #[must_use]
    pub fn packets_to_denied_ranges(&self) -> u64 {
        let listed = run(self.command(&program("nft", "nftables")).args(["-j", "list", "counters"]));
        let listed: Value = serde_json::from_slice(&listed).expect("nft prints JSON");
        let counters = listed["nftables"].as_array().expect("nft prints a list");
        let packets = counters.iter().find_map(|item| item["counter"]["packets"].as_u64());
        packets.expect("the counter is there")
    }

    fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new(self::program("nsenter", "util-linux"));
        command.arg(format!("--net={}", self.file)).arg(program);
        command
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // Its end may have come already; the namespace goes with it either way.
        let _killed = self.keeper.kill();
        let _waited = self.keeper.wait();
    }
}

/// The firewall's rules, which let everything pass.
fn rules() -> String {
    let ranges = DENIED.lines().skip(1).filter_map(|line| line.split('\t').next());
    let (v6, v4): (Vec<_>, Vec<_>) = ranges.partition(|range| range.contains(':'));
    // Outside of 2000::/3 all is denied: what is below it, and what is above.
    let beyond = ["::/3", "4000::/2", "8000::/1"];
    let v6 = [&v6[..], &beyond[..]].concat();
    format!(
        "table inet egress {{
            counter denied {{ }}
            set v4 {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {} }}; }}
            set v6 {{ type ipv6_addr; flags interval; auto-merge; elements = {{ {} }}; }}
            chain output {{
                type filter hook output priority 0;
                meta l4proto != {{ tcp, udp }} accept
                ip daddr @v4 counter name denied
                ip6 daddr @v6 counter name denied
            }}
        }}",
        v4.join(", "),
        v6.join(", ")
    )
}
