//! Compressed copies beside every text and WebAssembly file, so that the relay never compresses while serving.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

use crate::error::Error;

/// What is worth compressing, by file name extension.
const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "xml"];

/// Brotli's highest quality and its largest ordinary window: built once, served for ever.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER: usize = 64 * 1024;

/// Writes `.br` and `.gz` beside every compressible file below `folder`.
pub fn compress_all(folder: &Path) -> Result<(), Error> {
    for path in files_below(folder)? {
        if path.extension().and_then(OsStr::to_str).is_some_and(|ext| COMPRESSIBLE.contains(&ext)) {
            let bytes = fs::read(&path).map_err(|e| Error::io(&path, e))?;
            write_beside(&path, "br", &brotli(&path, &bytes)?)?;
            write_beside(&path, "gz", &gzip(&path, &bytes)?)?;
        }
    }
    Ok(())
}

/// The size of a file's brotli copy, in bytes.
pub fn brotli_size(path: &Path) -> Result<u64, Error> {
    let path = beside(path, "br");
    Ok(fs::metadata(&path).map_err(|e| Error::io(&path, e))?.len())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn brotli(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(bytes).map_err(|e| Error::io(path, e))?;
    Ok(writer.into_inner())
}

fn gzip(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).map_err(|e| Error::io(path, e))?;
    writer.finish().map_err(|e| Error::io(path, e))
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn write_beside(path: &Path, extension: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = beside(path, extension);
    fs::write(&path, bytes).map_err(|e| Error::io(&path, e))
}
