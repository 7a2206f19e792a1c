//! The page: its optimised WebAssembly bundle and its prerendered HTML.

use crate::failure::Failure;
use crate::shell::Workspace;

/// Builds the page into `web/dist`. Trunk calls back `cargo xtask prerender` when the bundle is ready.
pub fn build(workspace: &Workspace) -> Result<(), Failure> {
    workspace.command("trunk", ["build", "--release"]).run()
}

/// Renders every page to static HTML in both languages. Trunk names its staging directory in the environment.
pub fn prerender(workspace: &Workspace) -> Result<(), Failure> {
    let arguments = ["run", "--quiet", "--package", "web", "--features", "ssr", "--bin", "prerender"];
    workspace.command("cargo", arguments).run()
}
