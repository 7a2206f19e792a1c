//! Access tokens as an issuer would sign them (RFC 7519), for a Dovecot that checks them with the same key.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// What the lab's tokens are signed with (HS256).
pub(super) const KEY: &[u8] = b"the lab's own key, which opens nothing but the lab";

/// A signed token with these claims (a JSON object).
pub fn signed(claims: &str) -> String {
    let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
    let said = [encode(br#"{"alg":"HS256","typ":"JWT"}"#), encode(claims.as_bytes())].join(".");
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), said.as_bytes());
    [said, encode(signature.as_ref())].join(".")
}
