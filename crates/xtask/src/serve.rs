//! `cargo xtask serve`: the whole product on this machine, page and relay.

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
