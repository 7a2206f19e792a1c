//! A server's words in one form, and patterns that find phrases in them.

use crate::typed::fold_width;

/// The most characters between two parts of a pattern.
const GAP: usize = 40;

/// Lower case, half width, one space between words, lines joined; left out are the codes that SMTP repeats on every line,
/// addresses, and names of servers, which may be called anything.
/// Chinese and Japanese put no spaces between words, so a line that breaks there leaves none.
pub(super) fn normalise(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let folded: String = line.chars().map(fold_width).collect();
        let lower = folded.to_lowercase();
        for word in without_codes(&lower).split_whitespace().filter(|word| !is_name(word)) {
            let between = out.chars().next_back().zip(word.chars().next());
            if between.is_some_and(|(last, first)| !(is_unspaced(last) && is_unspaced(first))) {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Letters of scripts without spaces: kana, Han and their punctuation; Hangul has spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{ABFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// An e-mail address, or a host name of three labels or more; neither a link nor an IP address.
fn is_name(word: &str) -> bool {
    let name = word.trim_matches(|c: char| c.is_ascii_punctuation());
    let of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let named = name.contains('@') || name.matches('.').count() >= 2;
    named && name.chars().all(of_a_name) && name.chars().any(char::is_alphabetic)
}

/// A line without `535-5.7.8`, `535 5.7.8` or `5.7.8` at its beginning.
fn without_codes(line: &str) -> &str {
    let line = line.trim_start();
    let line = match line.as_bytes() {
        [a, b, c, b' ' | b'-', ..] if [a, b, c].iter().all(|byte| byte.is_ascii_digit()) => &line[4..],
        _ => line,
    };
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let numbers = || first.split('.');
    let is_code = numbers().count() == 3
        && numbers().all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|byte| byte.is_ascii_digit()));
    if is_code { rest } else { line }
}

/// Whether the text holds a phrase. `*` stands for a few words of the same sentence.
pub(super) fn says(text: &str, pattern: &str) -> bool {
    let (first, rest) = match pattern.split_once('*') {
        Some((first, rest)) => (first, Some(rest)),
        None => (pattern, None),
    };
    text.match_indices(first).any(|(at, part)| match rest {
        None => true,
        Some(rest) => says(sentence(&text[at + part.len()..], rest), rest),
    })
}

/// As much of the text as a gap and the first part after it may take, up to the end of the sentence.
fn sentence<'a>(text: &'a str, rest: &str) -> &'a str {
    let ends = |(at, c): (usize, char)| {
        let last =
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?') && text[at + c.len_utf8()..].starts_with(' ');
        last.then_some(at)
    };
    let end = text.char_indices().find_map(ends).unwrap_or(text.len());
    let most = GAP + rest.chars().count();
    text[..end].char_indices().nth(most).map_or(&text[..end], |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_case_and_line_breaks_make_no_difference() {
        let one = normalise(b"5.7.8 Username and Password\n5.7.8 not accepted.");
        assert_eq!(one, "username and password not accepted.");
        assert_eq!(normalise(b"535-5.7.8 USERNAME  and\r\n535 5.7.8 Password not accepted."), one);
        assert_eq!(normalise("ＩＭＡＰが　無効".as_bytes()), "imapが無効");
        assert_eq!(normalise("パス\r\nワードが違います".as_bytes()), "パスワードが違います");
        assert_eq!(normalise("비밀번호가\n올바르지 않습니다".as_bytes()), "비밀번호가 올바르지 않습니다");
        assert_eq!(normalise(b"10.0.0.1 is blocked"), "10.0.0.1 is blocked");
        assert_eq!(normalise(b"<a@example.com> refused by [imap-off.example.com]: no"), "refused by no");
        assert_eq!(normalise(b"see https://me.example.com/move"), "see https://me.example.com/move");
    }

    #[test]
    fn a_pattern_stays_within_its_sentence() {
        assert!(says("your account user@example.com is locked", "account*locked"));
        assert!(!says("imap login failed: account disabled", "imap*disabled"));
        assert!(!says("the account is fine. the door is locked", "account*locked"));
        assert!(!says(&format!("account {} locked", "x".repeat(60)), "account*locked"));
        assert!(says("アカウントがロックされています", "アカウント*ロック"));
    }
}
