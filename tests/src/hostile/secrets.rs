//! The secrets of the runs, and every form in which one could be on its way.

use base64::{Engine, engine::general_purpose::STANDARD};

/// The user name.
pub const USER: &str = "anna.schmidt@example.com";
/// The password.
pub const PASSWORD: &str = "correct-horse-battery-staple";
/// The OAuth token.
pub const TOKEN: &str = "ya29.a0AfH6SMBx-canary-token-7Qe2";

/// The first secret that `bytes` hold, and in which form.
pub fn found_in(bytes: &[u8]) -> Option<String> {
    needles().into_iter().find(|(_, needle)| contains(bytes, needle)).map(|(form, _)| form)
}

/// Like [`found_in`], for what a server never sees but people do: there the user name is no secret.
pub fn password_found_in(bytes: &[u8]) -> Option<String> {
    found_in(bytes).filter(|form| !form.starts_with("the user name"))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn needles() -> Vec<(String, Vec<u8>)> {
    let secrets = [("the password", PASSWORD), ("the token", TOKEN), ("the user name", USER)];
    let mut all = Vec::new();
    for (name, secret) in secrets {
        all.push((format!("{name} itself"), secret.into()));
        for alignment in 0..3 {
            all.push((
                format!("{name} in base64 behind {alignment} bytes"),
                inside_base64(secret, alignment),
            ));
        }
    }
    all.sort_by_key(|(form, _)| form.starts_with("the user name"));
    all
}

/// The part of a base64 text that `secret` alone decides, where it stands behind `before` bytes modulo 3. So blobs of
/// PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER are found, whatever else is in them.
fn inside_base64(secret: &str, before: usize) -> Vec<u8> {
    let padded = [vec![0; before], secret.as_bytes().to_vec()].concat();
    let encoded = STANDARD.encode(&padded);
    let first = (before * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    encoded.as_bytes()[first..last].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blob_of_a_sign_in_is_found() {
        for (blob, form) in [
            (format!("\0{USER}\0{PASSWORD}"), "the password in base64"),
            (format!("{USER}\0{USER}\0{PASSWORD}"), "the password in base64"),
            (PASSWORD.to_owned(), "the password in base64"),
            (USER.to_owned(), "the user name in base64"),
            (format!("user={USER}\x01auth=Bearer {TOKEN}\x01\x01"), "the token in base64"),
            (
                format!("n,a={USER},\x01host=x\x01port=993\x01auth=Bearer {TOKEN}\x01\x01"),
                "the token in base64",
            ),
        ] {
            let line = format!("a1 AUTHENTICATE X {}\r\n", STANDARD.encode(&blob));
            let found = found_in(line.as_bytes()).unwrap_or_default();
            assert!(found.starts_with(form), "{found:?} in {line:?}");
        }
        assert!(found_in(format!("a1 LOGIN \"x\" \"{PASSWORD}\"").as_bytes()).is_some());
    }

    #[test]
    fn ordinary_lines_hold_none() {
        assert_eq!(found_in(b"EHLO [127.0.0.1]\r\nSTARTTLS\r\nm1 CAPABILITY\r\n"), None);
    }
}
