//! The npm packages: wasm-opt and the browser checks for the page, the issuer of tokens for the lab, and the validator of
//! the API's description.

use std::fs;

use crate::failure::Failure;
use crate::shell::Workspace;

/// Older releases of wasm-opt (Debian's 108) silently break the module; the page's lock file pins this one.
const WASM_OPT: &str = "version 132";
/// The oldest Node.js that the locked packages run on.
const NODE_MAJOR: u32 = 18;

/// Installs what the page takes, and makes sure that its wasm-opt is the one in use.
pub fn packages(workspace: &Workspace) -> Result<(), Failure> {
    install(workspace, "web")?;
    wasm_opt(workspace)
}

/// Installs the OpenID provider of the lab.
pub fn issuer(workspace: &Workspace) -> Result<(), Failure> {
    install(workspace, "tests/oidc")
}

/// Installs the validator of OpenAPI documents.
pub fn openapi(workspace: &Workspace) -> Result<(), Failure> {
    install(workspace, "tests/openapi")
}

/// Installs what the lock file in a folder names, unless exactly that is installed.
fn install(workspace: &Workspace, folder: &str) -> Result<(), Failure> {
    node(workspace)?;
    let folder = workspace.path(folder);
    let lock_path = folder.join("package-lock.json");
    let lock = fs::read(&lock_path).map_err(|source| Failure::File { path: lock_path, source })?;
    // Our own copy of what was installed last: npm's record inside `node_modules` differs from the lock file in form.
    let record = folder.join("node_modules/.installed-lock.json");
    if fs::read(&record).ok().as_ref() != Some(&lock) {
        let arguments = ["ci", "--no-audit", "--no-fund"];
        workspace.command("npm", arguments).directory(&folder).run()?;
        fs::write(&record, &lock).map_err(|source| Failure::File { path: record, source })?;
    }
    Ok(())
}

fn node(workspace: &Workspace) -> Result<(), Failure> {
    let version = workspace.command("node", ["--version"]).output().unwrap_or_default();
    if major(&version).is_some_and(|major| major >= NODE_MAJOR) {
        return Ok(());
    }
    let seen =
        if version.is_empty() { "no Node.js".to_owned() } else { format!("Node.js {}", version.trim()) };
    Err(Failure::Missing {
        what: format!("Node.js {NODE_MAJOR} or newer is needed; this machine has {seen}"),
        remedy: "install it (on Debian: apt-get install nodejs npm) and run this command again".to_owned(),
    })
}

fn wasm_opt(workspace: &Workspace) -> Result<(), Failure> {
    let seen = workspace.command("wasm-opt", ["--version"]).output().unwrap_or_default();
    if seen.contains(WASM_OPT) {
        return Ok(());
    }
    Err(Failure::Missing {
        what: format!("wasm-opt {WASM_OPT} is needed; `wasm-opt --version` says: {}", seen.trim()),
        remedy: "remove web/node_modules and run this command again".to_owned(),
    })
}

/// The major version in a line such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read_from_its_answer() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
        assert_eq!(major("20.1"), None);
    }
}
