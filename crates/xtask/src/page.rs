//! The page: its optimised WebAssembly bundle and its prerendered HTML; and the archive that puts it beside Zendesk's tickets.

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

/// Writes the archive that Zendesk installs.
pub fn zendesk_app(workspace: &Workspace) -> Result<(), Failure> {
    let archive = workspace.target().join("zendesk/mailtriage-zendesk.zip");
    let archive = archive.to_string_lossy();
    workspace.command("cargo", ["run", "--quiet", "--package", "zendesk-app", "--", &archive]).run()
}
