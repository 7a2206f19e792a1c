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
    // A test is target/debug/deps/TEST, a program of this package target/debug/PROGRAM.
    let path =
        test.ancestors().skip(1).take(2).map(|directory| directory.join("mailtriage")).find(|p| p.is_file());
    path.unwrap_or_else(|| {
        panic!(
            "mailtriage is not beside {}: run `cargo build -p relay`, or set MAILTRIAGE_BIN",
            test.display()
        )
    })
}
