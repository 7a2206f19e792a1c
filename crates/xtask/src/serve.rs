//! `cargo xtask serve` and `cargo xtask build`: the whole product, page and relay.

use crate::failure::Failure;
use crate::shell::Workspace;
use crate::{page, setup};

/// Sets up, builds the page and starts the relay, which prints its address. `arguments` go to `mailtriage serve`.
pub fn serve(workspace: &Workspace, arguments: &[&str]) -> Result<(), Failure> {
    setup::for_page(workspace)?;
    page::build(workspace)?;
    let fixed = ["run", "--release", "--package", "relay", "--bin", "mailtriage", "--", "serve"];
    workspace.command("cargo", fixed.iter().chain(arguments)).become_it()
}

/// Sets up, builds the page and then the one program that holds it, for a machine that runs nothing else of ours.
pub fn build(workspace: &Workspace) -> Result<(), Failure> {
    setup::for_page(workspace)?;
    page::build(workspace)?;
    workspace.command("cargo", ["build", "--release", "--package", "relay", "--bin", "mailtriage"]).run()
}
