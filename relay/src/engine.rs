//! Sets up the engine of `probe` from options and files, for `serve` and `check` alike.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use probe::{Engine, Options, SetupError, certificates_from_pem, discover::Database, egress::Policy};

/// What an engine may do, as an operator or a person at a terminal says it.
#[derive(Debug)]
pub struct EngineOptions<'a> {
    /// What may be dialled.
    pub policy: Policy,
    /// The DNS server to ask instead of the system's.
    pub resolver: Option<SocketAddr>,
    /// PEM files of roots that are trusted besides Mozilla's.
    pub trust_anchors: &'a [PathBuf],
    /// The limit of a whole run.
    pub run_limit: Duration,
    /// A database of settings to ask about mail domains.
    pub ispdb: Option<&'a Database>,
}

/// Why an engine can't be set up.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A file of roots can't be read.
    #[error("trust anchor {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file has no roots in it.
    #[error("trust anchor {}: {source}", path.display())]
    Anchor {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SetupError,
    },
    /// Anything else.
    #[error(transparent)]
    Setup(#[from] SetupError),
}

impl EngineOptions<'_> {
    /// The engine.
    ///
    /// # Errors
    /// Names the file or setting that can't be used.
    pub fn build(self) -> Result<Engine, EngineError> {
        let mut trust_anchors = Vec::new();
        for path in self.trust_anchors {
            let at = || path.clone();
            let pem = std::fs::read(path).map_err(|source| EngineError::File { path: at(), source })?;
            let roots = certificates_from_pem(&pem);
            trust_anchors.extend(roots.map_err(|source| EngineError::Anchor { path: at(), source })?);
        }
        Ok(Engine::new(Options {
            policy: self.policy,
            resolver: self.resolver,
            trust_anchors,
            run_limit: Some(self.run_limit),
            ispdb: self.ispdb.cloned(),
        })?)
    }
}
