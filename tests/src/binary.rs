//! The program under test.

use std::path::PathBuf;

/// The `mailtriage` binary: `MAILTRIAGE_BIN`, or the one that Cargo built beside the running test.
///
/// # Panics
/// When it isn't there; the message has the command that builds it.
pub fn mailtriage() -> PathBuf {
    if let Some(path) = std::env::var_os("MAILTRIAGE_BIN") {
        return PathBuf::from(path);
    }
    let test = std::env::current_exe().expect("the test knows its own path");
    // target/debug/deps/TEST → target/debug/mailtriage
    let path = test.ancestors().nth(2).expect("Cargo puts tests two directories deep").join("mailtriage");
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build -p relay`, or set MAILTRIAGE_BIN",
        path.display()
    );
    path
}
