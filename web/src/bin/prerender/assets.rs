//! The files that Trunk made, by the hashed names it gave them, and the boot script that loads them.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use crate::error::Error;

/// Paths of the hashed files, as pages link them.
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The picture in the browser's tab.
    pub icon: String,
    /// The glue written by wasm-bindgen.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: String,
    /// The module script that starts the islands.
    pub boot: String,
}

/// The boot script, with two addresses to be filled in.
const BOOT: &str = include_str!("../../../boot.js");

impl Assets {
    /// Finds Trunk's files in `staging/assets` and writes the boot script beside them.
    pub fn collect(staging: &Path) -> Result<Self, Error> {
        let folder = staging.join("assets");
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
            let entry = entry.map_err(|e| Error::io(&folder, e))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        let find = |prefix: &'static str, suffix: &'static str| {
            names
                .iter()
                .find(|name| name.starts_with(prefix) && name.ends_with(suffix))
                .map(|name| format!("/assets/{name}"))
                .ok_or(Error::MissingAsset { prefix, suffix })
        };
        let js = find("page-", ".js")?;
        let wasm = find("page-", "_bg.wasm")?;
        let boot = write_boot(&folder, &js, &wasm)?;
        Ok(Self { css: find("mailtriage-", ".css")?, icon: find("icon-", ".svg")?, js, wasm, boot })
    }
}

fn write_boot(folder: &Path, js: &str, wasm: &str) -> Result<String, Error> {
    let script = BOOT.replace("__JS__", js).replace("__WASM__", wasm);
    // Only tells versions of our own file apart, so that browsers may keep it for ever.
    let mut hasher = DefaultHasher::new();
    script.hash(&mut hasher);
    let name = format!("boot-{:016x}.js", hasher.finish());
    let path = folder.join(&name);
    fs::write(&path, script).map_err(|e| Error::io(&path, e))?;
    Ok(format!("/assets/{name}"))
}
