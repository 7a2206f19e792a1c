//! Why there is no token, or no client.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

/// The file of a client's secret can't be used.
#[derive(Debug, thiserror::Error)]
pub enum NoSecret {
    /// It can't be read.
    #[error("{key} {}: {source}", path.display())]
    File {
        /// The key that names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is nothing in it.
    #[error("{key} {}: it is empty", path.display())]
    Empty {
        /// The key that names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// Zendesk's key can't be used.
    #[error(transparent)]
    Zendesk(#[from] crate::zendesk::BadKey),
}

/// Reads the secret that a file holds alone. `key` is the setting that names the file.
///
/// # Errors
/// Names the key, and the file that can't be used.
pub(crate) fn read_secret(key: &'static str, path: &Path) -> Result<SecretString, NoSecret> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|source| NoSecret::File { key, path: path.to_owned(), source })?;
    let secret = SecretString::from(text.trim());
    if secret.expose_secret().is_empty() {
        return Err(NoSecret::Empty { key, path: path.to_owned() });
    }
    Ok(secret)
}

/// Why an issuer gave no token. No secret is in it, whatever the issuer said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoToken {
    /// The issuer says why (RFC 6749 sections 4.1.2.1 and 5.2): its code, and its description where there is one.
    #[error("the issuer says: {0}")]
    Refused(String),
    /// It can't be reached.
    #[error("the issuer can't be reached")]
    Unreachable,
    /// Its answer can't be understood, or belongs to another question.
    #[error("the issuer's answer can't be used: {0}")]
    Unusable(&'static str),
    /// It has no way of signing in for programs without a browser (RFC 8628).
    #[error("the issuer offers no device code")]
    NoDeviceCode,
}

impl NoToken {
    /// A code with its description, as one text.
    #[must_use]
    pub fn refused(code: &str, description: Option<&str>) -> Self {
        Self::Refused(match description {
            Some(description) if !description.is_empty() => format!("{code}: {description}"),
            _ => code.to_owned(),
        })
    }
}
