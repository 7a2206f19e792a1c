//! Seeds from the transcripts of the protocol's tests: what the server says there, and where the client acts, as the
//! targets `imap` and `smtp` read it.

use std::path::Path;

use crate::failure::Failure;

/// Writes a seed for every transcript of the target's protocol; other targets have none.
pub fn from_transcripts(transcripts: &Path, target: &str, seeds: &Path) -> Result<(), Failure> {
    let trouble = |path: &Path| {
        let path = path.to_path_buf();
        |source| Failure::File { path, source }
    };
    for entry in std::fs::read_dir(transcripts).map_err(trouble(transcripts))? {
        let path = entry.map_err(trouble(transcripts))?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if name.split('-').next() == Some(target) {
            let text = std::fs::read_to_string(&path).map_err(trouble(&path))?;
            std::fs::write(seeds.join(name), seed(&text)).map_err(trouble(seeds))?;
        }
    }
    Ok(())
}

/// One transcript as a seed. Its form is described in `crates/protocol/tests/support/script.rs`.
fn seed(transcript: &str) -> Vec<u8> {
    let mut seed = Vec::new();
    for line in transcript.lines() {
        let Some((mark, rest)) = line.split_at_checked(2) else { continue };
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        match mark {
            "S:" => seed.extend(unescape(rest).into_iter().chain(*b"\r\n")),
            "S|" => seed.extend(unescape(rest)),
            "! " => seed.push(action(rest)),
            _ => {}
        }
    }
    seed
}

/// The byte that stands for what the client does.
fn action(words: &str) -> u8 {
    let mut words = words.split(' ');
    match (words.next().unwrap_or_default(), words.next()) {
        ("capability" | "ehlo", _) => 0xf8,
        ("starttls", _) => 0xf9,
        ("upgrade", _) => 0xfa,
        ("sign-in", Some("token")) => 0xfc,
        ("sign-in", _) => 0xfb,
        ("examine" | "mail-from", _) => 0xfd,
        ("status" | "helo", _) => 0xfe,
        _ => 0xff,
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, used) = match (first, behind) {
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [b'x', high, low, ..]) => (hex(*high) << 4 | hex(*low), 4),
            (b'\\', [other, ..]) => (*other, 2),
            (byte, _) => (*byte, 1),
        };
        out.push(byte);
        rest = &rest[used..];
    }
    out
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::seed;

    #[test]
    fn a_seed_has_what_the_server_says_and_where_the_client_acts() {
        let transcript = "# a comment\nS: * OK ready\nE: greeting Ok ready\n! sign-in token abc\nC: t1 X\n\
            S| t1 NO wr\\x6fng\\r\\n\n! logout\n";
        assert_eq!(seed(transcript), b"* OK ready\r\n\xfct1 NO wrong\r\n\xff");
    }
}
