//! Which protocol speaks like this: told from the first bytes a server sends.

/// A protocol that is recognised by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignProtocol {
    /// IMAP (RFC 9051, 7.1): `* OK`, `* PREAUTH`, `* BYE`.
    Imap,
    /// SMTP (RFC 5321, 4.2): `220`, `421`, `5yz`.
    Smtp,
    /// POP3 (RFC 1939, 3): `+OK`, `-ERR`.
    Pop3,
    /// HTTP (RFC 9112), or a bare HTML page.
    Http,
    /// SSH (RFC 4253, 4.2): `SSH-`.
    Ssh,
    /// FTP (RFC 959): `220` with a banner that says FTP.
    Ftp,
    /// A TLS record (RFC 8446, 5.1): an alert or a handshake message.
    TlsRecord,
    /// NNTP (RFC 3977, 5.1): `200`, `201`.
    Nntp,
    /// ManageSieve (RFC 5804, 1.7): `"IMPLEMENTATION"`.
    ManageSieve,
}

/// Names the protocol that a server's first bytes belong to, where they tell.
///
/// A few bytes are enough for most; FTP is told from SMTP by its banner and needs the first line.
#[must_use]
pub fn identify(first_bytes: &[u8]) -> Option<ForeignProtocol> {
    let line = first_bytes.split(|&byte| byte == b'\n').next().unwrap_or_default().to_ascii_uppercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| line.starts_with(prefix.as_bytes()));
    if is_tls_record(first_bytes) {
        Some(ForeignProtocol::TlsRecord)
    } else if starts(&["* OK", "* PREAUTH", "* BYE"]) {
        Some(ForeignProtocol::Imap)
    } else if starts(&["+OK", "-ERR"]) {
        Some(ForeignProtocol::Pop3)
    } else if starts(&["HTTP/", "<HTML", "<!DOCTYPE HTML"]) {
        Some(ForeignProtocol::Http)
    } else if starts(&["SSH-"]) {
        Some(ForeignProtocol::Ssh)
    } else if starts(&["\"IMPLEMENTATION\""]) {
        Some(ForeignProtocol::ManageSieve)
    } else {
        by_reply_code(&line)
    }
}

/// As much of a TLS record as tells what it says: its header, and level and description of an alert.
pub(crate) const TLS_RECORD_HEAD: usize = 7;

/// Whether `bytes` begin with an alert or handshake record of SSL 3.0 to TLS 1.3.
pub(crate) fn is_tls_record(bytes: &[u8]) -> bool {
    matches!(bytes, [0x15 | 0x16, 0x03, 0x00..=0x04, ..])
}

/// SMTP, FTP and NNTP share the form of their replies (RFC 959, 4.2).
fn by_reply_code(line: &[u8]) -> Option<ForeignProtocol> {
    let (code, rest) = line.split_at_checked(3)?;
    let says = |word: &str| rest.windows(word.len()).any(|window| window == word.as_bytes());
    if !matches!(rest.first(), None | Some(b' ' | b'-' | b'\r')) {
        return None;
    }
    match code {
        b"200" | b"201" => Some(ForeignProtocol::Nntp),
        b"220" | b"421" if says("FTP") && !says("SMTP") => Some(ForeignProtocol::Ftp),
        b"220" => Some(ForeignProtocol::Smtp),
        [b'4' | b'5', b'0'..=b'5', b'0'..=b'9'] => Some(ForeignProtocol::Smtp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ForeignProtocol::*, identify};

    #[test]
    fn each_protocol_is_told_from_its_first_bytes() {
        for (bytes, protocol) in [
            (&b"* OK Dovecot ready.\r\n"[..], Some(Imap)),
            (b"* bye go away", Some(Imap)),
            (b"+OK POP3 ready\r\n", Some(Pop3)),
            (b"HTTP/1.1 400 Bad Request\r\n", Some(Http)),
            (b"<!doctype html>", Some(Http)),
            (b"SSH-2.0-OpenSSH_9.2p1\r\n", Some(Ssh)),
            (b"\x15\x03\x01\x00\x02\x02\x46", Some(TlsRecord)),
            (b"\x16\x03\x03", Some(TlsRecord)),
            (b"\x16\x03", None),
            (b"220 (vsFTPd 3.0.3)\r\n", Some(Ftp)),
            (b"220-ftp.example.com ESMTP\r\n", Some(Smtp)),
            (b"220", Some(Smtp)),
            (b"554 5.7.1 blocked\r\n", Some(Smtp)),
            (b"421-too many\r\n", Some(Smtp)),
            (b"200 news.example.com InterNetNews NNRP ready\r\n", Some(Nntp)),
            (b"\"IMPLEMENTATION\" \"Dovecot\"\r\n", Some(ManageSieve)),
            (b"2200", None),
            (b"\x80\x9a\x01\x03", None),
            (b"", None),
        ] {
            assert_eq!(identify(bytes), protocol, "{:?}", bytes.escape_ascii().to_string());
        }
    }
}
