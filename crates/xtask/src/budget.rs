//! The size budget: what a visitor's browser has to fetch before the page is interactive.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::shell::Workspace;

/// WebAssembly and its glue together, compressed with brotli, in bytes.
const BUDGET: u64 = 150 * 1024;

/// Adds up the compressed bundle in `web/dist`, prints it, and fails where it is over the budget or not there.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let dist = workspace.path("web/dist");
    let mut bundle = Vec::new();
    collect(&dist, &mut bundle)?;
    bundle.sort();
    if !bundle.iter().any(|(path, _)| name(path).ends_with(".wasm.br")) {
        return Err(Failure::Check(format!("{} has no compressed WebAssembly (*.wasm.br)", dist.display())));
    }
    for (path, size) in &bundle {
        println!("{size:>9} B  {}", name(path));
    }
    let total: u64 = bundle.iter().map(|(_, size)| size).sum();
    println!("{total:>9} B  in all, of {BUDGET} B");
    if total > BUDGET {
        return Err(Failure::Check(format!("the bundle is {} B over its budget", total - BUDGET)));
    }
    Ok(())
}

/// Every compressed module and script below `directory`, with its size in bytes.
fn collect(directory: &Path, found: &mut Vec<(PathBuf, u64)>) -> Result<(), Failure> {
    let at = |source| Failure::File { path: directory.to_path_buf(), source };
    for entry in fs::read_dir(directory).map_err(at)? {
        let entry = entry.map_err(at)?;
        let path = entry.path();
        let metadata = entry.metadata().map_err(at)?;
        if metadata.is_dir() {
            collect(&path, found)?;
        } else if name(&path).ends_with(".wasm.br") || name(&path).ends_with(".js.br") {
            found.push((path, metadata.len()));
        }
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
