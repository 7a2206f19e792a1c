//! The page: its optimised WebAssembly bundle and its prerendered HTML.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::shell::Workspace;

/// Builds the page into `web/dist`. Trunk calls back `cargo xtask prerender` when the bundle is ready.
pub fn build(workspace: &Workspace) -> Result<(), Failure> {
    workspace.command("trunk", ["build", "--release"]).run()
}

/// Renders every page to static HTML in both languages, into the directory that Trunk is staging.
pub fn prerender(workspace: &Workspace) -> Result<(), Failure> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(
        || workspace.path("web/dist"),
        |directory| workspace.path("").join(PathBuf::from(directory)),
    );
    let fixed = ["run", "--quiet", "--package", "web", "--features", "ssr", "--bin", "prerender", "--"];
    workspace.command("cargo", fixed.iter().map(std::ffi::OsStr::new).chain([staging.as_os_str()])).run()
}
