//! What is fuzzed, and what must hold whatever the bytes are. A target panics where something doesn't.

#![forbid(unsafe_code)]

mod certificate;
mod imap;
mod messages;
mod sasl;
mod secret;
mod settings;
mod smtp;
mod text;
mod tls;

/// A target: takes any bytes.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also the name of its directories.
const TARGETS: [(&str, Target); 8] = [
    ("imap", imap::run),
    ("smtp", smtp::run),
    ("sasl", sasl::run),
    ("tls", tls::run),
    ("certificate", certificate::run),
    ("settings", settings::run),
    ("messages", messages::run),
    ("text", text::run),
];

/// The target of that name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

/// The names of all targets.
pub fn names() -> Vec<&'static str> {
    TARGETS.iter().map(|(name, _)| *name).collect()
}

/// Cuts the input where the client acts: a byte from 0xf8 on, which is part of no UTF-8 text.
fn scenes(input: &[u8]) -> impl Iterator<Item = (&[u8], Option<u8>)> {
    input.split_inclusive(|&byte| byte >= 0xf8).map(|scene| match scene.split_last() {
        Some((&action, said)) if action >= 0xf8 => (said, Some(action)),
        _ => (scene, None),
    })
}
