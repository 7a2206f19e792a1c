//! `cargo xtask serve`, `build`, `load` and `lighthouse`: the whole product, page and relay, optimised.

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
    page::zendesk_app(workspace)?;
    workspace.command("cargo", ["build", "--release", "--package", "relay", "--bin", "mailtriage"]).run()
}

/// Builds the whole product and puts it under load. Nothing leaves the machine.
pub fn load(workspace: &Workspace) -> Result<(), Failure> {
    build(workspace)?;
    workspace.command("cargo", ["run", "--release", "--package", "tests", "--bin", "load"]).run()
}

/// Builds the whole product and asks Lighthouse about its pages. Nothing leaves the machine.
pub fn lighthouse(workspace: &Workspace) -> Result<(), Failure> {
    setup::for_tests(workspace)?;
    build(workspace)?;
    workspace.command("cargo", ["run", "--release", "--package", "tests", "--bin", "lighthouse"]).run()
}
