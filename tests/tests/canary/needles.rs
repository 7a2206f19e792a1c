//! Every form in which a secret could show, and the search for them.

use std::fmt::Write as _;

use base64::{Engine, engine::general_purpose::STANDARD};

/// A secret in one form.
pub struct Needle {
    /// What the form is called in a failure.
    pub form: &'static str,
    bytes: Vec<u8>,
}

/// All forms of a user's secret: as typed, as it stands in a SASL exchange, and as encodings would have it.
pub fn needles(user: &str, secret: &str) -> Vec<Needle> {
    let blob = |text: String| STANDARD.encode(text).trim_end_matches('=').as_bytes().to_vec();
    let hex = secret.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes any text");
        hex
    });
    let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = |text: &str| {
        let json = serde_json::to_string(text).expect("a text is JSON");
        json.trim_matches('"').as_bytes().to_vec()
    };
    // How words of strangers are shown.
    let escaped = error_model::text::escape(secret);
    let debug = format!("{secret:?}");
    [
        ("as typed", secret.as_bytes().to_vec()),
        ("base64", aligned(0, secret)),
        ("base64 after one byte", aligned(1, secret)),
        ("base64 after two bytes", aligned(2, secret)),
        ("PLAIN", blob(format!("\0{user}\0{secret}"))),
        ("XOAUTH2", blob(format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}"))),
        ("hexadecimal", hex.clone().into_bytes()),
        ("hexadecimal, upper case", hex.to_uppercase().into_bytes()),
        ("in a web address", url.into_bytes()),
        ("in JSON", json(secret)),
        ("as shown to people", escaped.as_bytes().to_vec()),
        ("as shown to people, in JSON", json(&escaped)),
        ("as Rust shows it", debug.trim_matches('"').as_bytes().to_vec()),
    ]
    .map(|(form, bytes)| Needle { form, bytes })
    .into()
}

/// The first form that `hay` holds.
pub fn found<'a>(needles: &'a [Needle], hay: &[u8]) -> Option<&'a str> {
    needles.iter().find(|needle| holds(hay, &needle.bytes)).map(|needle| needle.form)
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(hay, needle).is_some()
}

/// The base64 of a text where `before` bytes stand before it, as far as whatever surrounds it can't change it.
fn aligned(before: usize, text: &str) -> Vec<u8> {
    let encoded = STANDARD.encode([&vec![0; before], text.as_bytes()].concat());
    let first = if before == 0 { 0 } else { 4 };
    encoded.as_bytes()[first..encoded.len() - 4].to_vec()
}
