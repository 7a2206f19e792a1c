//! What can go wrong while the pages are written.

use std::{fmt, io, path::Path};

/// Why the pages could not be written.
#[derive(Debug)]
pub enum Error {
    /// `TRUNK_STAGING_DIR` isn't set: run by Trunk, or set by hand.
    NoStagingDir,
    /// A file that Trunk should have made isn't there.
    MissingAsset {
        /// How its name begins.
        prefix: &'static str,
        /// How its name ends.
        suffix: &'static str,
    },
    /// A file could not be read or written.
    Io {
        /// Which file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the provider table isn't what it should be.
    Provider {
        /// Which file.
        path: String,
        /// What is wrong with it.
        source: toml::de::Error,
    },
    /// A value could not be written as JSON.
    Json(serde_json::Error),
}

impl Error {
    /// Wraps an error of the file system with the path that it speaks of.
    pub fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStagingDir => f.write_str("TRUNK_STAGING_DIR is not set"),
            Self::MissingAsset { prefix, suffix } => write!(f, "no file assets/{prefix}…{suffix} from Trunk"),
            Self::Io { path, source } => write!(f, "{path}: {source}"),
            Self::Provider { path, source } => write!(f, "{path}: {source}"),
            Self::Json(source) => write!(f, "JSON: {source}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(source: serde_json::Error) -> Self {
        Self::Json(source)
    }
}
