//! What a command needs on this machine, checked for and installed where it is missing.
//!
//! A fresh machine has rustup, a C compiler, Node.js and apt, nothing else. A tool of the right version on `PATH` is
//! taken as it is; otherwise ours is installed under `target/tools`, where it disturbs nobody.

mod apt;
mod cargo_tool;
mod npm;
mod rust;
mod servers;

use crate::failure::Failure;
use crate::shell::Workspace;

/// Everything that building the page takes.
pub fn for_page(workspace: &Workspace) -> Result<(), Failure> {
    rust::wasm_target(workspace)?;
    npm::packages(workspace)?;
    cargo_tool::ensure(workspace, &cargo_tool::WASM_BINDGEN)?;
    cargo_tool::ensure(workspace, &cargo_tool::TRUNK)
}

/// Everything that `cargo xtask test` takes: the page, the linters, a browser and real mail servers.
pub fn for_tests(workspace: &Workspace) -> Result<(), Failure> {
    for_page(workspace)?;
    rust::components(workspace)?;
    cargo_tool::ensure(workspace, &cargo_tool::CARGO_DENY)?;
    npm::issuer(workspace)?;
    npm::openapi(workspace)?;
    for_fuzzing(workspace)?;
    apt::packages(workspace)?;
    servers::unpack(workspace)
}

/// Everything that `cargo xtask fuzz` takes.
pub fn for_fuzzing(workspace: &Workspace) -> Result<(), Failure> {
    cargo_tool::ensure(workspace, &cargo_tool::CARGO_FUZZ)
}
