//! Doors for the fuzz targets to parsers that are nobody else's business. Only there with `--cfg fuzzing`.

use error_model::{Endpoint, ServerText};

/// Reads the answer to a hand-made TLS hello.
pub fn tls_answer(bytes: &[u8]) {
    crate::tls::hello::fuzzing(bytes);
}

/// The text of a reply, whatever its charset.
#[must_use]
pub fn text(bytes: &[u8]) -> ServerText {
    crate::service::fuzzing(bytes)
}

/// The servers that a domain's autoconfig file names.
#[must_use]
pub fn autoconfig(xml: &str) -> Vec<Endpoint> {
    crate::discover::fuzzing(xml)
}
