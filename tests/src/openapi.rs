//! Documents of OpenAPI against the specification's own schema, by a validator from npm.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::lab::process::program;

/// What the validator says of a document; empty where it's in order.
///
/// # Panics
/// When the validator isn't installed, or doesn't run.
pub fn said_of(document: &str) -> String {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    assert!(home.join("node_modules").is_dir(), "run `npm ci` in {}", home.display());
    let mut validator = Command::new(program("node", "nodejs"))
        .arg(home.join("validate.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js starts");
    let mut input = validator.stdin.take().expect("its input is a pipe");
    input.write_all(document.as_bytes()).expect("it reads");
    drop(input);
    let ended = validator.wait_with_output().expect("it ends");
    let said = String::from_utf8(ended.stdout).expect("it says text");
    assert_eq!(ended.status.success(), said.is_empty(), "{said}");
    said
}
