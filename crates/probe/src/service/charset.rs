//! Replies in other charsets than UTF-8: GBK from Chinese providers, Shift_JIS, EUC-JP and ISO-2022-JP from old Japanese
//! servers, KOI8-R, Latin-1. Turned into UTF-8 where that is certain enough to be shown and read; left alone where not.
//!
//! No country is guessed from the server's name: a mistaken guess changes the outcome, and the text tells it without.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP};
use error_model::{ServerText, text::is_control};

/// Fewer letters of a script than this are too few to tell one charset of several bytes from another.
const FEWEST: usize = 2;

/// A reply's text, and the charset that it was turned into UTF-8 from; the bytes themselves where there was no need, or
/// no certainty.
pub(super) fn read(bytes: &[u8]) -> (ServerText, Option<String>) {
    let bytes = &bytes[..bytes.len().min(ServerText::CAP)];
    match decode(bytes) {
        Some((text, charset)) => (capped(&text), Some(charset.name().to_owned())),
        None => (ServerText::new(bytes), None),
    }
}

fn decode(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let charset = if bytes.is_ascii() {
        // Seven bits, and a shift to Japanese: RFC 1468.
        bytes.windows(2).any(|two| two == b"\x1b$").then_some(ISO_2022_JP)?
    } else if is_utf8(bytes) {
        return None;
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        // More may have followed what the cap has cut off.
        detector.feed(bytes, bytes.len() < ServerText::CAP);
        detector.guess(None, Utf8Detection::Deny)
    };
    let text = without_halves(bytes, charset)?;
    is_plausible(&text, charset).then_some((text, charset))
}

/// UTF-8, be it cut short in its last letter.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Decodes every byte, but for a last letter that the cap may have halved.
fn without_halves(bytes: &[u8], charset: &'static Encoding) -> Option<String> {
    let halved = if bytes.len() == ServerText::CAP { 3 } else { 0 };
    (0..=halved).find_map(|cut| {
        let text =
            charset.decode_without_bom_handling_and_without_replacement(&bytes[..bytes.len() - cut])?;
        Some(text.into_owned())
    })
}

/// Letters and punctuation of a script, and nothing that a wrong charset makes of them.
fn is_plausible(text: &str, charset: &'static Encoding) -> bool {
    let foreign: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let letters = foreign.iter().filter(|c| c.is_alphabetic()).count();
    // Line ends are controls too, and belong.
    let garbled = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}') || (is_control(c) && !c.is_whitespace());
    let clean = !text.chars().any(garbled);
    let enough = if charset.is_single_byte() {
        // One stray byte is some letter in any of these.
        letters == foreign.len()
    } else {
        letters >= FEWEST && letters * 2 >= foreign.len()
    };
    clean && enough
}

/// As much as a [`ServerText`] keeps, without half a letter at its end.
fn capped(text: &str) -> ServerText {
    ServerText::new(&text.as_bytes()[..text.floor_char_boundary(ServerText::CAP)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GBK, ISO_8859_2, KOI8_U, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    };

    #[test]
    fn what_servers_say_in_other_charsets_can_be_read() {
        for (charset, text) in [
            (GBK, "Error: 请使用授权码登录。详情请看: http://service.mail.example.com/"),
            (GBK, "系统繁忙"),
            (BIG5, "您的帳號已被鎖定"),
            (SHIFT_JIS, "アカウントがロックされています"),
            (EUC_JP, "海外からのアクセスは制限されています"),
            (EUC_KR, "아이디 또는 비밀번호가 올바르지 않습니다"),
            (WINDOWS_1251, "Неверный логин или пароль"),
            (KOI8_U, "Неверный логин или пароль"),
            (WINDOWS_1252, "Échec de l'authentification"),
        ] {
            let (bytes, _, _) = charset.encode(text);
            let (read, from) = read(&bytes);
            assert_eq!((read.bytes(), from.as_deref()), (text.as_bytes(), Some(charset.name())));
        }
        // What the two have in common is all that was said.
        let (bytes, _, _) = ISO_8859_2.encode("Błędny login lub hasło");
        let (text, from) = read(&bytes);
        assert_eq!(text, "Błędny login lub hasło".into());
        assert_eq!(from.as_deref(), Some(WINDOWS_1250.name()));
    }

    #[test]
    fn the_escapes_of_iso_2022_jp_are_gone_from_its_text() {
        let (bytes, _, _) = ISO_2022_JP.encode("認証に失敗しました");
        assert!(bytes.contains(&0x1b));
        let (text, from) = read(&bytes);
        assert_eq!((text, from.as_deref()), ("認証に失敗しました".into(), Some("ISO-2022-JP")));
    }

    #[test]
    fn utf_8_and_ascii_stay_as_they_are() {
        for text in ["Authentication failed.", "認証に失敗しました", "caf\u{e9}"] {
            assert_eq!(read(text.as_bytes()), (text.into(), None));
        }
        let cut = &"認証".as_bytes()[..5];
        assert_eq!(read(cut), (ServerText::new(cut), None));
    }

    #[test]
    fn bytes_that_may_be_anything_stay_bytes() {
        for bytes in [
            &b"red\xe8\xaf"[..],
            b"\xff\xfe\x00\x01",
            b"\x1b$not Japanese",
            b"\x1b[2J\xca\xda\xc8\xa8",
            b"\xa0",
        ] {
            assert_eq!(read(bytes), (ServerText::new(bytes), None), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn the_cap_halves_no_letter() {
        let (bytes, _, _) = GBK.encode("请使用授权码登录");
        let long: Vec<u8> = b"x".iter().chain(bytes.iter().cycle().take(6_000)).copied().collect();
        let (text, from) = read(&long);
        assert_eq!(from.as_deref(), Some("GBK"));
        assert!(std::str::from_utf8(text.bytes()).is_ok() && text.bytes().len() > ServerText::CAP - 4);
    }
}
