//! The page's files as this relay serves them: those of the build, with the values of its configuration put into the
//! prerendered ones, and the files that the configuration adds. All of it is made once, at the start, and kept; a compressed
//! copy is made when it is first asked for.

mod compress;
mod template;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Bytes;
use rust_embed::RustEmbed;

use self::template::Syntax;
pub(super) use self::template::{Value, Values, escape_html};
use super::negotiate::Encoding;
use crate::random::hex;

/// What the page's build left in `web/dist`; empty where it hasn't been built.
#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Dist;

/// Every file that has an address.
pub(super) struct Site {
    /// Files that differ from those of the build, by their paths.
    made: HashMap<String, Made>,
}

/// A file made at the start.
struct Made {
    hash: String,
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// One copy of a file.
pub(super) struct Copy {
    /// What is sent.
    pub body: Bytes,
    /// Tells it from any other content, and from other copies.
    pub tag: String,
}

impl Site {
    /// Puts values into the files of the build that have tokens, and adds files by their paths.
    pub fn new(values: &Values, added: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let filled = Dist::iter().filter_map(|path| {
            let syntax = Syntax::of(&path)?;
            let file = Dist::get(&path)?;
            let text = std::str::from_utf8(&file.data).ok().filter(|text| text.contains("__"))?;
            Some((path.into_owned(), template::put(text, syntax, values).into_bytes()))
        });
        let made = filled.chain(added).map(|(path, bytes)| (path, Made::new(bytes))).collect();
        Self { made }
    }

    /// The file behind an address: itself, or the page of a directory. Compressed copies have no address of their own.
    pub fn find(&self, path: &str) -> Option<String> {
        let bare = path.trim_end_matches('/');
        [path.to_owned(), format!("{bare}/index.html"), format!("{bare}.html")]
            .into_iter()
            .filter(|candidate| !candidate.ends_with(".br") && !candidate.ends_with(".gz"))
            .find(|candidate| self.made.contains_key(candidate) || Dist::get(candidate).is_some())
    }

    /// A file, compressed like this; `None` where there's no such copy.
    pub fn copy(&self, path: &str, encoding: Encoding) -> Option<Copy> {
        if let Some(made) = self.made.get(path) {
            let body = made.copy(encoding)?;
            return Some(Copy { body, tag: entity_tag(&made.hash, encoding) });
        }
        let suffix = match encoding {
            Encoding::Brotli => ".br",
            Encoding::Gzip => ".gz",
            Encoding::Identity => "",
        };
        let file = Dist::get(&format!("{path}{suffix}"))?;
        let tag = entity_tag(&hex(&file.metadata.sha256_hash()), encoding);
        let body = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => bytes.into(),
        };
        Some(Copy { body, tag })
    }
}

impl Made {
    fn new(bytes: Vec<u8>) -> Self {
        let hash = hex(digest(&SHA256, &bytes).as_ref());
        Self { hash, plain: bytes.into(), brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    fn copy(&self, encoding: Encoding) -> Option<Bytes> {
        let bytes = match encoding {
            Encoding::Brotli => self.brotli.get_or_init(|| compress::brotli(&self.plain)),
            Encoding::Gzip => self.gzip.get_or_init(|| compress::gzip(&self.plain)),
            Encoding::Identity => &self.plain,
        };
        (!bytes.is_empty()).then(|| bytes.clone())
    }
}

/// The first half of the content's SHA-256: plenty to tell versions of one file apart.
fn entity_tag(hash: &str, encoding: Encoding) -> String {
    format!("\"{}-{}\"", &hash[..32], encoding.name())
}
