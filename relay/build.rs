//! Makes sure that the folder of the built page exists, so that the relay also compiles without a page in it.

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let page = manifest.join("../web/dist");
    // Without it cargo would see a path that is always missing, and build the relay anew each time.
    fs::create_dir_all(&page)?;
    println!("cargo::rerun-if-changed={}", page.display());
    Ok(())
}
