//! Programs that cargo builds: Trunk, the wasm-bindgen command line, cargo-deny, cargo-fuzz.

use crate::failure::Failure;
use crate::shell::Workspace;

/// A program from crates.io, in exactly one version.
#[derive(Debug)]
pub struct CargoTool {
    package: &'static str,
    binary: &'static str,
    version: &'static str,
    options: &'static [&'static str],
}

/// The bundler. Version 0.22 needs a newer compiler than this workspace asks for.
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    binary: "trunk",
    version: "0.21.14",
    options: &["--locked", "--no-default-features"],
};

/// Must be exactly the version of the `wasm-bindgen` crate in Cargo.lock: the two share a format that changes with
/// every release. Not `--locked`: its lock file names a yanked dependency.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: "0.2.130",
    options: &["--no-default-features"],
};

/// Licences, sources, duplicate and vulnerable dependencies.
pub const CARGO_DENY: CargoTool =
    CargoTool { package: "cargo-deny", binary: "cargo-deny", version: "0.20.2", options: &["--locked"] };

/// Builds and runs fuzz targets.
pub const CARGO_FUZZ: CargoTool =
    CargoTool { package: "cargo-fuzz", binary: "cargo-fuzz", version: "0.13.2", options: &["--locked"] };

/// Takes the tool from `PATH` or from an earlier installation; builds it into `target/tools` otherwise.
pub fn ensure(workspace: &Workspace, tool: &CargoTool) -> Result<(), Failure> {
    let seen = workspace.command(tool.binary, ["--version"]).output();
    if seen.is_some_and(|output| reported_version(&output) == Some(tool.version)) {
        return Ok(());
    }
    println!("{} {} is missing; building it takes some minutes, once", tool.package, tool.version);
    let root = workspace.tools();
    let fixed = ["install", tool.package, "--version", tool.version, "--force", "--root"];
    let arguments = fixed.iter().map(std::ffi::OsStr::new).chain([root.as_os_str()]);
    // A tool that runs for a second isn't worth minutes of optimisation.
    workspace
        .command("cargo", arguments.chain(tool.options.iter().map(std::ffi::OsStr::new)))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .run()
}

/// The version in a line such as `trunk 0.21.14`.
fn reported_version(output: &str) -> Option<&str> {
    output.lines().next()?.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_word_of_the_first_line() {
        assert_eq!(reported_version("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(reported_version("wasm-bindgen 0.2.130 (abc)\nmore\n"), Some("0.2.130"));
        assert_eq!(reported_version(""), None);
    }

    #[test]
    fn the_wasm_bindgen_command_line_has_the_version_of_the_locked_crate() {
        let lock = include_str!("../../../../Cargo.lock");
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{}\"", WASM_BINDGEN.version);
        assert!(lock.contains(&entry), "Cargo.lock has another wasm-bindgen than {}", WASM_BINDGEN.version);
    }
}
