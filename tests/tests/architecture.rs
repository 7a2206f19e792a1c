//! The edges of ARCHITECTURE.md, kept by a test: which crate may depend on which, and what none of them may reach.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// One row of the table in ARCHITECTURE.md.
struct Row {
    name: &'static str,
    /// The crates of this workspace that it may depend on.
    may_use: &'static [&'static str],
    /// What it must not depend on itself.
    must_not_use: &'static [&'static str],
    /// What it must not reach through any dependency either.
    must_not_reach: &'static [&'static str],
    /// Where its dependencies are looked at.
    platform: &'static str,
}

const NATIVE: &str = "x86_64-unknown-linux-gnu";
const WASM: &str = "wasm32-unknown-unknown";
const SOCKETS_AND_CLOCKS: &[&str] = &[
    "axum",
    "chrono",
    "hickory-resolver",
    "hyper",
    "leptos",
    "mio",
    "rustls",
    "socket2",
    "time",
    "tokio",
    "tokio-rustls",
];

const TABLE: &[Row] = &[
    Row {
        name: "error-model",
        may_use: &[],
        must_not_use: &[],
        must_not_reach: SOCKETS_AND_CLOCKS,
        platform: NATIVE,
    },
    Row {
        name: "protocol",
        may_use: &["error-model"],
        must_not_use: &[],
        must_not_reach: SOCKETS_AND_CLOCKS,
        platform: NATIVE,
    },
    Row {
        name: "probe",
        may_use: &["error-model", "protocol"],
        must_not_use: &[],
        must_not_reach: &["axum", "leptos"],
        platform: NATIVE,
    },
    Row {
        name: "relay",
        may_use: &["error-model", "probe"],
        // The bytes of the protocols and the logic of certificates are the engine's.
        must_not_use: &["base64", "rustls-webpki", "webpki-roots", "x509-parser", "hickory-resolver"],
        must_not_reach: &["leptos"],
        platform: NATIVE,
    },
    Row {
        name: "web",
        may_use: &["error-model"],
        must_not_use: &[],
        must_not_reach: &[
            "probe",
            "protocol",
            "axum",
            "hickory-resolver",
            "mio",
            "rustls",
            "socket2",
            "tokio",
        ],
        platform: WASM,
    },
    Row {
        name: "xtask",
        may_use: &[],
        must_not_use: &[],
        must_not_reach: &["leptos", "axum"],
        platform: NATIVE,
    },
    Row {
        name: "zendesk-app",
        may_use: &[],
        must_not_use: &[],
        must_not_reach: SOCKETS_AND_CLOCKS,
        platform: NATIVE,
    },
    Row {
        name: "tests",
        may_use: &["error-model", "probe", "protocol", "relay"],
        must_not_use: &[],
        must_not_reach: &["leptos"],
        platform: NATIVE,
    },
];

/// No file of the workspace is longer.
const LONGEST_FILE: usize = 400;

#[test]
fn every_crate_keeps_to_its_row_of_the_table() {
    let mut broken = Vec::new();
    for platform in [NATIVE, WASM] {
        let graph = Graph::read(platform);
        assert!(graph.path("relay", "tokio").is_some(), "the graph is empty: nothing could be found in it");
        let rows: BTreeSet<&str> = TABLE.iter().map(|row| row.name).collect();
        for member in graph.members.iter().filter(|member| !rows.contains(member.as_str())) {
            broken.push(format!("{member} has no row in the table"));
        }
        for row in TABLE.iter().filter(|row| row.platform == platform) {
            let direct = graph.direct(row.name);
            for used in direct.iter().filter(|used| graph.members.contains(*used)) {
                if !row.may_use.contains(&used.as_str()) {
                    broken.push(format!("{} depends on {used}", row.name));
                }
            }
            for forbidden in row.must_not_use.iter().filter(|name| direct.contains(**name)) {
                broken.push(format!("{} depends on {forbidden}", row.name));
            }
            for forbidden in row.must_not_reach {
                if let Some(path) = graph.path(row.name, forbidden) {
                    broken.push(format!("{} reaches {forbidden}: {}", row.name, path.join(" → ")));
                }
            }
        }
    }
    assert!(broken.is_empty(), "edges that ARCHITECTURE.md forbids:\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let files = rust_files(workspace());
    assert!(files.len() > 20, "the search found hardly any file: {files:?}");
    let mut broken = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("source files are text");
        if !text.starts_with("//!") {
            broken.push(format!("{} doesn't begin with `//!`", file.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            broken.push(format!("{} has {lines} lines, more than {LONGEST_FILE}", file.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_crate_takes_the_shared_lints() {
    for manifest in Graph::read(NATIVE).manifests {
        let text = std::fs::read_to_string(&manifest).expect("a manifest is text");
        assert!(text.contains("[lints]\nworkspace = true"), "{} has lints of its own", manifest.display());
    }
}

/// The normal dependencies (not those for building or testing) of every package, by name.
struct Graph {
    members: BTreeSet<String>,
    manifests: Vec<PathBuf>,
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn read(platform: &str) -> Self {
        let output = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version",
                "1",
                "--offline",
                "--locked",
                "--filter-platform",
                platform,
            ])
            .current_dir(workspace())
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");

        let packages = list(&metadata["packages"]);
        let names: BTreeMap<&str, &str> =
            packages.iter().map(|package| (text(&package["id"]), text(&package["name"]))).collect();
        let members: BTreeSet<String> =
            list(&metadata["workspace_members"]).iter().map(|id| names[text(id)].to_owned()).collect();
        let manifests = packages
            .iter()
            .filter(|package| package["source"].is_null())
            .map(|package| PathBuf::from(text(&package["manifest_path"])))
            .collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let uses = edges.entry(names[text(&node["id"])].to_owned()).or_default();
            let normal =
                |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|it| it["kind"].is_null());
            uses.extend(
                list(&node["deps"])
                    .iter()
                    .filter(normal)
                    .map(|dependency| names[text(&dependency["pkg"])].to_owned()),
            );
        }
        Self { members, manifests, edges }
    }

    fn direct(&self, name: &str) -> &BTreeSet<String> {
        self.edges.get(name).unwrap_or_else(|| panic!("the workspace has no crate {name}"))
    }

    /// The shortest way from one crate to another, both included.
    fn path(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut seen = BTreeSet::from([from.to_owned()]);
        let mut paths = vec![vec![from.to_owned()]];
        while !paths.is_empty() {
            let mut longer = Vec::new();
            for path in paths {
                for next in path.last().and_then(|last| self.edges.get(last)).into_iter().flatten() {
                    let path = [path.as_slice(), std::slice::from_ref(next)].concat();
                    if next == to {
                        return Some(path);
                    }
                    if seen.insert(next.clone()) {
                        longer.push(path);
                    }
                }
            }
            paths = longer;
        }
        None
    }
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is inside the workspace")
}

/// Every Rust file that belongs to the workspace; build output and hidden directories don't.
fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).expect("the workspace can be read") {
        let path = entry.expect("the workspace can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !name.starts_with('.') && !["target", "dist", "node_modules"].contains(&name) {
                found.extend(rust_files(&path));
            }
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
    found
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
