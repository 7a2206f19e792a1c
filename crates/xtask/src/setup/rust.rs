//! What rustup has to add to the toolchain.

use std::path::Path;

use crate::failure::Failure;
use crate::shell::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for WebAssembly.
pub fn wasm_target(workspace: &Workspace) -> Result<(), Failure> {
    let sysroot = workspace.command("rustc", ["--print", "sysroot"]).output().unwrap_or_default();
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    workspace.command("rustup", ["target", "add", WASM]).run()
}

/// rustfmt and clippy, which rustup's minimal profile leaves out.
pub fn components(workspace: &Workspace) -> Result<(), Failure> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !workspace.command("cargo", [subcommand, "--version"]).succeeds() {
            workspace.command("rustup", ["component", "add", component]).run()?;
        }
    }
    Ok(())
}
