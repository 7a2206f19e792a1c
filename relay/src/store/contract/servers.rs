//! Real NATS servers on loopback: `nats-server` on `PATH`, or the one that `cargo xtask setup` unpacked.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::tempdir::Directory;

/// Servers that form one JetStream.
pub struct Cluster {
    nodes: Vec<Node>,
    _directory: Directory,
}

struct Node {
    server: Option<Child>,
    name: String,
    port: u16,
}

impl Cluster {
    /// So many servers.
    pub fn start(size: usize) -> Self {
        let directory = Directory::new();
        // Held until all are known, so that no two are the same.
        let held: Vec<TcpListener> =
            (0..2 * size).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let ports: Vec<u16> = held.iter().map(|port| port.local_addr().unwrap().port()).collect();
        drop(held);
        let (clients, routes) = ports.split_at(size);
        let all = routes.iter().map(|port| format!("nats://127.0.0.1:{port}")).collect::<Vec<_>>().join(",");
        let node = |at: usize| {
            let name = format!("n{at}");
            let mut command = Command::new(program());
            command
                .args([
                    "--addr",
                    "127.0.0.1",
                    "--port",
                    &clients[at].to_string(),
                    "--name",
                    &name,
                    "--jetstream",
                ])
                .arg("--store_dir")
                .arg(directory.path().join(&name))
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            if size > 1 {
                let own = format!("nats://127.0.0.1:{}", routes[at]);
                command.args(["--cluster_name", "mailtriage", "--cluster", &own, "--routes", &all]);
            }
            let server = command.spawn().expect("nats-server starts: `cargo xtask setup` unpacks it");
            Node { server: Some(server), name, port: clients[at] }
        };
        let cluster = Self { nodes: (0..size).map(node).collect(), _directory: directory };
        cluster.wait();
        cluster
    }

    /// Until each of them takes connections.
    fn wait(&self) {
        let give_up = std::time::Instant::now() + super::PATIENCE;
        for node in &self.nodes {
            #[expect(clippy::disallowed_methods, reason = "a server of the test's own, on loopback")]
            while std::net::TcpStream::connect(("127.0.0.1", node.port)).is_err() {
                assert!(std::time::Instant::now() < give_up, "nats-server doesn't listen");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
    }

    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    pub fn addresses(&self) -> Vec<String> {
        self.nodes.iter().map(|node| format!("nats://127.0.0.1:{}", node.port)).collect()
    }

    /// Ends a server at once, as the kernel or a power cut would.
    pub fn kill(&mut self, name: &str) {
        let node = self.nodes.iter_mut().find(|node| node.name == name).expect("a node of this name");
        let mut server = node.server.take().expect("it runs");
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for mut server in self.nodes.iter_mut().filter_map(|node| node.server.take()) {
            let _ended = server.kill();
            let _ended = server.wait();
        }
    }
}

fn program() -> PathBuf {
    let unpacked = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/servers/usr/sbin/nats-server");
    if unpacked.is_file() { unpacked } else { "nats-server".into() }
}
