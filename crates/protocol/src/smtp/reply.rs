//! Replies (RFC 5321, 4.2): three digits and text, on one line or several.
//!
//! smtp-codec 0.2 isn't used: it refuses texts that aren't ASCII (QQ answers in GBK), a code without text behind a
//! space, bare line feeds, host names with an underscore, and empty lines in the answer to EHLO.

use super::EnhancedCode;

/// A complete reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The code of the last line.
    pub code: u16,
    /// The first enhanced code in the lines.
    pub enhanced: Option<EnhancedCode>,
    /// The text of each line behind the code and its separator, the enhanced code included, in any charset.
    pub lines: Vec<Vec<u8>>,
    /// Whether an earlier line had another code, which RFC 5321 forbids.
    pub codes_differ: bool,
}

impl Reply {
    /// 2yz: done.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// 4yz: not now.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.code / 100 == 4
    }

    /// 5yz: no.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }

    /// Whether EHLO was answered so that HELO may be understood (RFC 5321, 3.2 and 4.1.4).
    #[must_use]
    pub fn calls_for_helo(&self) -> bool {
        matches!(self.code, 500 | 501 | 502 | 504 | 550)
    }
}

/// One line of a reply.
#[derive(Debug)]
pub(super) struct ReplyLine {
    code: u16,
    pub(super) is_last: bool,
    text: Vec<u8>,
}

impl ReplyLine {
    pub(super) fn code(&self) -> u16 {
        self.code
    }

    /// Reads a line without its end. A code alone is a last line without text.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let (&[first @ b'2'..=b'5', second @ b'0'..=b'9', third @ b'0'..=b'9'], rest) =
            line.split_first_chunk()?
        else {
            return None;
        };
        let (is_last, text) = match rest {
            [] => (true, rest),
            [b' ' | b'\t', text @ ..] => (true, text),
            [b'-', text @ ..] => (false, text),
            _ => return None,
        };
        let digit = |byte: u8| u16::from(byte - b'0');
        let code = digit(first) * 100 + digit(second) * 10 + digit(third);
        Some(Self { code, is_last, text: text.to_vec() })
    }
}

/// Puts lines together. `None` without any.
pub(super) fn assemble(lines: Vec<ReplyLine>) -> Option<Reply> {
    let code = lines.last()?.code;
    let codes_differ = lines.iter().any(|line| line.code != code);
    let enhanced = lines.iter().find_map(|line| EnhancedCode::find(&line.text));
    Some(Reply { code, enhanced, lines: lines.into_iter().map(|line| line.text).collect(), codes_differ })
}

#[cfg(test)]
mod tests {
    use super::{Reply, ReplyLine, assemble};

    fn reply(lines: &[&[u8]]) -> Option<Reply> {
        assemble(lines.iter().map(|line| ReplyLine::parse(line)).collect::<Option<_>>()?)
    }

    #[test]
    fn a_line_may_lack_its_text() {
        for line in [&b"535"[..], b"535 "] {
            let reply = reply(&[line]).expect("a reply");
            assert_eq!((reply.code, reply.lines), (535, vec![vec![]]));
        }
    }

    #[test]
    fn the_last_line_counts_where_codes_differ() {
        let reply = reply(&[b"250-x", b"550 y"]).expect("a reply");
        assert_eq!((reply.code, reply.codes_differ), (550, true));
    }

    #[test]
    fn the_enhanced_code_may_come_late() {
        let reply = reply(&[b"421-wait", b"421 4.7.0 go"]).expect("a reply");
        assert_eq!(reply.enhanced.map(|code| code.to_string()).as_deref(), Some("4.7.0"));
    }

    #[test]
    fn other_lines_are_refused() {
        for line in [&b""[..], b"25", b"2500", b"150 x", b"600 x", b"25x y", b"* OK IMAP", b"250_x"] {
            assert!(ReplyLine::parse(line).is_none(), "{:?}", line.escape_ascii().to_string());
        }
    }
}
